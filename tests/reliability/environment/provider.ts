import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Movement } from '../../../dev/sandbox/ledger.ts';
import type { Switches } from '../../../dev/sandbox/switches.ts';
import { FaultProxy } from './fault-proxy.ts';
import { findFreePort } from './ports.ts';
import { ServiceProcess } from './service-process.ts';

/** The payment sandbox in a process of its own. Requests in both directions pass through a fault proxy. */
export interface Provider {
  readonly process: ServiceProcess;
  /** The link from the service to the provider. */
  readonly link: FaultProxy;
  /** The link from the provider to the service. */
  readonly webhooks: FaultProxy;
  /** The settings that the service needs to use the provider. */
  readonly env: Readonly<Record<string, string>>;
  setSwitches(switches: Partial<Switches>): Promise<void>;
  readLedger(): Promise<readonly Movement[]>;
}

/** Prepares a provider that sends its webhooks to this port. Does not start the provider. */
export async function openProvider(dir: string, servicePort: () => number): Promise<Provider> {
  const port = await findFreePort();
  const webhooks = await FaultProxy.open(servicePort);
  const link = await FaultProxy.open(() => port);
  const key = randomBytes(32).toString('hex');
  const shared = { PAYMENT_PROVIDER_KEY: key, PAYMENT_WEBHOOK_SECRET: randomBytes(32).toString('base64') };
  const headers = { Authorization: `Bearer ${key}` };
  const process = new ServiceProcess({
    name: 'provider',
    entry: 'dev/sandbox/server.ts',
    env: {
      ...shared,
      NODE_ENV: 'test',
      SANDBOX_PORT: String(port),
      SANDBOX_LEDGER_FILE: join(dir, 'ledger.jsonl'),
      SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${webhooks.port}/api/v1/payments/webhooks`,
    },
    port,
    ready: { path: '/switches', headers },
    cwd: dir,
  });
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { ...headers, 'Content-Type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The provider returned ${response.status} for ${path}.`);
    return response.json();
  };
  return {
    process,
    link,
    webhooks,
    env: { ...shared, PAYMENT_PROVIDER_URL: `http://127.0.0.1:${link.port}` },
    setSwitches: async (switches) => {
      await ask('/switches', switches);
    },
    readLedger: async () => ((await ask('/ledger')) as { movements: Movement[] }).movements,
  };
}
