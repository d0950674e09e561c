import type pg from 'pg';
import type { Logger } from '../core/ports.ts';
import { createClient, endClient } from './client.ts';

const reconnectMs = 1_000;

interface ListenerDeps {
  readonly url: string;
  /** Maps a channel to the callback for its notifications. */
  readonly channels: Readonly<Record<string, () => void>>;
  readonly logger: Logger;
}

/**
 * Listens to PostgreSQL notifications (LISTEN) on a dedicated connection, and calls the callback of the channel. A
 * notification only saves time, because the workers also poll.
 */
export class Notifications {
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(private readonly deps: ListenerDeps) {}

  async start(): Promise<void> {
    const { url, channels, logger } = this.deps;
    const client = createClient(url, 'strata listener');
    this.#client = client;
    client.on('notification', ({ channel }) => channels[channel]?.());
    client.once('end', () => {
      this.#reconnect();
    });
    try {
      await client.connect();
      for (const channel of Object.keys(channels)) await client.query(`LISTEN ${channel}`);
      // Rows that were committed before LISTEN took effect sent no notification, so look for them once.
      for (const wake of Object.values(channels)) wake();
    } catch (error) {
      logger.debug('LISTEN failed; falling back to polling.', { error });
      await endClient(client);
      this.#reconnect();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    if (this.#client !== undefined) await endClient(this.#client);
  }

  #reconnect(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.start(), reconnectMs);
  }
}
