import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../core/ports.ts';
import { connectionOf } from './connection.ts';

const reconnectMs = 1_000;
const closeTimeoutMs = 1_000;

interface ListenerDeps {
  readonly url: string;
  /** Channel → callback for each notification. */
  readonly channels: Readonly<Record<string, () => void>>;
  readonly logger: Logger;
}

/**
 * Listens to PostgreSQL notifications (LISTEN) on a dedicated connection and wakes the callbacks. An optimization
 * only: the woken loops also poll.
 */
export class Notifications {
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(private readonly deps: ListenerDeps) {}

  async start(): Promise<void> {
    const { url, channels, logger } = this.deps;
    const client = new pg.Client({
      ...connectionOf(url),
      application_name: 'strata listener',
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_000,
      keepAlive: true,
    });
    this.#client = client;
    client.on('notification', ({ channel }) => channels[channel]?.());
    // Without this handler a broken connection would crash the process; `end` follows.
    client.on('error', () => undefined);
    client.once('end', () => {
      this.#reconnect();
    });
    try {
      await client.connect();
      for (const channel of Object.keys(channels)) await client.query(`LISTEN ${channel}`);
      // Catch up on what was committed before LISTEN.
      for (const wake of Object.values(channels)) wake();
    } catch (error) {
      logger.debug('LISTEN failed; falling back to polling.', { error });
      await client.end().catch(() => undefined);
      this.#reconnect();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    // On a network that drops packets the server never confirms.
    const ended = this.#client?.end().catch(() => undefined);
    await Promise.race([ended, sleep(closeTimeoutMs, undefined, { ref: false })]);
  }

  #reconnect(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.start(), reconnectMs);
  }
}
