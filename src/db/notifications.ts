import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../core/ports.ts';
import { connectionOf } from './connection.ts';

const reconnectMs = 1_000;
const closeTimeoutMs = 1_000;

interface ListenerDeps {
  readonly url: string;
  /** Channel → who is to be woken. */
  readonly channels: Readonly<Record<string, () => void>>;
  readonly logger: Logger;
}

/** Hears what PostgreSQL notifies of (LISTEN), on a connection of its own; only a shortcut, as whoever is woken also looks by itself. */
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
    // Without a listener a broken connection would end the process; `end` follows on it.
    client.on('error', () => undefined);
    client.once('end', () => {
      this.#reconnect();
    });
    try {
      await client.connect();
      for (const channel of Object.keys(channels)) await client.query(`LISTEN ${channel}`);
      // What was committed while nobody listened.
      for (const wake of Object.values(channels)) wake();
    } catch (error) {
      logger.debug('The database cannot be listened to; what is due is found by looking.', { error });
      await client.end().catch(() => undefined);
      this.#reconnect();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    // On a network that swallows packets nobody says goodbye.
    const ended = this.#client?.end().catch(() => undefined);
    await Promise.race([ended, sleep(closeTimeoutMs, undefined, { ref: false })]);
  }

  #reconnect(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.start(), reconnectMs);
  }
}
