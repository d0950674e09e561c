import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Movement } from '../../dev/sandbox/ledger.ts';
import { createSandbox, type SandboxOptions } from '../../dev/sandbox/sandbox.ts';
import type { Switches } from '../../dev/sandbox/switches.ts';

export const sandboxKey = 'sBx4Kq8Lw2Zr6Tn0Vy3Pm7Hc1Jd5Gf9Ua';
export const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** A running payment sandbox. */
export interface TestSandbox {
  readonly url: string;
  /** Calls the sandbox with its API key. `options.key` is the idempotency key. */
  call(method: string, path: string, options?: { key?: string; body?: unknown }): Promise<Response>;
  setSwitches(changes: Partial<Switches>): Promise<void>;
  movements(): Promise<Movement[]>;
  /** Returns the ledger entries of one charge: `hold 12.50`, `settle 12.50`. */
  ledgerOf(ref: string): Promise<string[]>;
  /** Closes every connection, including those with a pending response. */
  dropConnections(): void;
  close(): Promise<void>;
}

export async function startSandbox(options: Partial<SandboxOptions> = {}, port = 0): Promise<TestSandbox> {
  const sandbox = createSandbox({ key: sandboxKey, ...options });
  const { server } = sandbox;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call: TestSandbox['call'] = (method, path, { key, body } = {}) =>
    fetch(url + path, {
      method,
      headers: {
        Authorization: `Bearer ${sandboxKey}`,
        Connection: 'close',
        ...(key !== undefined && { 'Idempotency-Key': key }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const movements = async () => {
    const { movements: all } = (await (await call('GET', '/ledger')).json()) as { movements: Movement[] };
    return all;
  };
  return {
    url,
    call,
    setSwitches: async (changes) => {
      const { status } = await call('POST', '/switches', { body: changes });
      if (status !== 200) throw new Error(`The sandbox refused the switches: ${status}.`);
    },
    movements,
    ledgerOf: async (ref) =>
      (await movements())
        .filter(({ charge }) => charge.ref === ref)
        .map(({ kind, charge }) => `${kind} ${charge.amount}`),
    dropConnections: () => {
      server.closeAllConnections();
    },
    close: async () => {
      sandbox.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
