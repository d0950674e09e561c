import { randomBytes } from 'node:crypto';
import type { Environment } from '../../src/config/environment.ts';
import { findPort } from '../port.ts';

/**
 * What leads the service to a payment sandbox beside it, and the sandbox back to the service; nothing where there is a
 * provider already. The secrets are new at each start: nobody else needs them.
 */
export async function sandboxSettings(
  environment: Environment,
  serviceAddress: string,
): Promise<Environment> {
  if (environment['PAYMENT_PROVIDER_URL']) return {};
  const host = '127.0.0.1';
  const port = await findPort(host, environment['SANDBOX_PORT'] || '0', 'SANDBOX_PORT');
  return {
    SANDBOX_HOST: host,
    SANDBOX_PORT: String(port),
    // Kept, as the payments that it knows of are kept in the database.
    SANDBOX_LEDGER_FILE: environment['SANDBOX_LEDGER_FILE'] || '.data/payment-sandbox.jsonl',
    SANDBOX_WEBHOOK_URL: `${serviceAddress}/api/v1/payments/webhooks`,
    PAYMENT_PROVIDER_URL: `http://${host}:${port}`,
    PAYMENT_PROVIDER_KEY: randomBytes(32).toString('base64url'),
    PAYMENT_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  };
}
