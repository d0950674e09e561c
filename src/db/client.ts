import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectionOf } from './connection.ts';

const timeoutMs = 2_000;
const endTimeoutMs = 1_000;

/**
 * Creates a connection outside the pool, for LISTEN and NOTIFY. The caller connects it with `connect` and closes it
 * with `endClient`.
 */
export function createClient(url: string, applicationName: string): pg.Client {
  const client = new pg.Client({
    ...connectionOf(url),
    application_name: applicationName,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    keepAlive: true,
  });
  // Ignore errors here, because without a handler, a broken connection would crash the process. The owner is notified
  // by the event `end` instead.
  client.on('error', () => undefined);
  return client;
}

/**
 * Ends a connection. Waits at most a second for the server to confirm, because on a network that drops packets, the
 * server never confirms.
 */
export async function endClient(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await Promise.race([ended, sleep(endTimeoutMs, undefined, { ref: false })]);
  destroyClient(client);
}

/** Closes the socket of a connection without telling the server. */
export function destroyClient(client: pg.ClientBase): void {
  client.connection.stream.destroy();
}
