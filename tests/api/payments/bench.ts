import { randomUUID } from 'node:crypto';
import type { Environment } from '../../../src/config/environment.ts';
import type { Payments } from '../../../src/api/payments/index.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { sandboxKey, startSandbox, webhookSecret, type TestSandbox } from '../../helpers/sandbox.ts';

type PaymentJob = 'authorize' | 'capture' | 'cancel' | 'reconcile' | 'reconcile-all';

/** A service and the sandbox that it pays with. */
export interface PaymentBench {
  readonly test: TestApp;
  readonly sandbox: TestSandbox;
  readonly payments: Payments;
  /** Carries out a job as the worker would. */
  run(job: PaymentJob, payload?: object): Promise<void>;
  /** Authorizes 12.50 EUR; gives the reference. */
  authorize(reference?: string): Promise<string>;
  /** The last words of the types of the payment's stored events, in order. */
  stored(reference: string): Promise<string[]>;
  /** What others were told of the payment, in order. */
  published(reference: string): Promise<string[]>;
  /** The jobs of this name that wait, by their payloads. */
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
  const column = async (sql: string, value: string): Promise<string[]> =>
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
      column('SELECT type FROM events WHERE aggregate_id = $1 ORDER BY version', reference),
    published: (reference) =>
      column('SELECT type FROM outbox WHERE aggregate_id = $1 ORDER BY sequence', reference),
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
