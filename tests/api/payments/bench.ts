import { randomUUID } from 'node:crypto';
import type { Environment } from '../../../src/config/environment.ts';
import type { Payments } from '../../../src/api/payments/index.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { sandboxKey, startSandbox, webhookSecret, type TestSandbox } from '../../helpers/sandbox.ts';

type PaymentJob = 'authorize' | 'capture' | 'cancel' | 'reconcile' | 'reconcile-all';

/** A service, together with a sandbox payment provider. */
export interface PaymentBench {
  readonly test: TestApp;
  readonly sandbox: TestSandbox;
  readonly payments: Payments;
  /** Runs a job's handler directly, as the worker would. */
  run(job: PaymentJob, payload?: object): Promise<void>;
  /** Authorizes a payment of 12.50 EUR. Returns its reference. */
  authorize(reference?: string): Promise<string>;
  /** Returns the types of the stored events of a payment, oldest first, without the prefix `payments.`. */
  stored(reference: string): Promise<string[]>;
  /** Returns the types of the published events of a payment, oldest first, without the prefix `payments.`. */
  published(reference: string): Promise<string[]>;
  /** Returns the payloads of the waiting jobs of this name. */
  waiting(job: PaymentJob): Promise<unknown[]>;
  statusOf(reference: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export const settingsFor = (url: string): Environment => ({
  PAYMENT_PROVIDER_URL: url,
  PAYMENT_PROVIDER_KEY: sandboxKey,
  PAYMENT_WEBHOOK_SECRET: webhookSecret,
});

export const twelveFifty = { amountMinor: 1_250, currency: 'EUR' };

export async function openPaymentBench(): Promise<PaymentBench> {
  const sandbox = await startSandbox();
  const test = await buildTestApp({ settings: settingsFor(sandbox.url) });
  const payments = test.app.modules.instances.get('payments')?.api as Payments;

  const run: PaymentBench['run'] = async (job, payload = {}) => {
    const handler = test.app.jobs.find(({ definition }) => definition.name === `payments.${job}`);
    const { signal } = new AbortController();
    await handler?.handle({ id: randomUUID(), payload, attempt: 1, signal, progress: async () => undefined });
  };
  const selectTypes = async (sql: string, value: string): Promise<string[]> =>
    (await test.db.query<{ type: string }>(sql, [value])).map(({ type }) => type.replace('payments.', ''));

  return {
    test,
    sandbox,
    payments,
    run,
    authorize: async (reference = randomUUID()) => {
      await run('authorize', { reference, ...twelveFifty });
      return reference;
    },
    stored: (reference) =>
      selectTypes('SELECT type FROM events WHERE aggregate_id = $1 ORDER BY version', reference),
    published: (reference) =>
      selectTypes('SELECT type FROM outbox WHERE aggregate_id = $1 ORDER BY sequence', reference),
    waiting: async (job) => {
      const rows = await test.db.query<{ payload: unknown }>(
        `SELECT payload FROM jobs WHERE name = $1 AND status = 'waiting' ORDER BY created_at`,
        [`payments.${job}`],
      );
      return rows.map(({ payload }) => payload);
    },
    statusOf: async (reference) => (await payments.find(reference))?.status,
    close: async () => {
      await test.close();
      await sandbox.close();
    },
  };
}
