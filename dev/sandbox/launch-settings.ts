import { randomBytes } from 'node:crypto';
import type { Environment } from '../../src/config/environment.ts';
import { findPort } from '../port.ts';

/**
 * Returns the settings that connect the service and a payment sandbox with each other. Returns none if a real provider
 * is configured. The secrets are new at each start.
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
    // Store the ledger in a file, because the database contains payments that refer to its entries.
    SANDBOX_LEDGER_FILE: environment['SANDBOX_LEDGER_FILE'] || '.data/payment-sandbox.jsonl',
    SANDBOX_WEBHOOK_URL: `${serviceAddress}/api/v1/payments/webhooks`,
    PAYMENT_PROVIDER_URL: `http://${host}:${port}`,
    PAYMENT_PROVIDER_KEY: randomBytes(32).toString('base64url'),
    PAYMENT_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  };
}
