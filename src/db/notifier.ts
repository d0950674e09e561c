import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger, WakeUpChannel, WakeUps } from '../core/ports.ts';
import { createClient, endClient } from './client.ts';

const mergeMs = 10;
const reconnectMs = 1_000;

// Sends a notification with synchronous_commit off. NOTIFY makes the commits of a server wait for each other, and with
// this setting none of them waits for the disk.
const notify = `SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, '')`;

interface Connection {
  readonly client: pg.Client;
  readonly ready: Promise<unknown>;
}

/**
 * Wakes the workers of this process directly, and the workers of other processes with NOTIFY. Call `wake` after the
 * commit. A wake-up may be lost, because it only saves time: the workers also poll.
 */
export class Notifier implements WakeUps {
  readonly #listeners = new Set<(channel: WakeUpChannel) => void>();
  readonly #due = new Set<WakeUpChannel>();
  readonly #sending = new Map<WakeUpChannel, Promise<void>>();
  #connection: Connection | undefined;
  #failedMs = -Infinity;
  #isClosed = false;

  constructor(private readonly deps: { readonly url: string; readonly logger: Logger }) {}

  wake(channel: WakeUpChannel): void {
    for (const listener of this.#listeners) listener(channel);
    if (this.#isClosed) return;
    this.#due.add(channel);
    if (!this.#sending.has(channel)) this.#sending.set(channel, this.#sendDue(channel));
  }

  /** Calls `listener` for each wake-up in this process. Returns a function that unsubscribes it. */
  subscribe(listener: (channel: WakeUpChannel) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Sends the remaining wake-ups and closes the connection, if there is one. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#sending.values());
    if (this.#connection !== undefined) await endClient(this.#connection.client);
  }

  /** Sends the first wake-up immediately. Then sends a single wake-up for all that arrive within 10 ms. */
  async #sendDue(channel: WakeUpChannel): Promise<void> {
    while (this.#due.delete(channel)) {
      await this.#send(channel);
      await sleep(mergeMs);
    }
    this.#sending.delete(channel);
  }

  async #send(channel: WakeUpChannel): Promise<void> {
    if (performance.now() - this.#failedMs < reconnectMs) return;
    const connection = (this.#connection ??= this.#connect());
    try {
      await connection.ready;
      await connection.client.query(notify, [channel]);
    } catch (error) {
      this.#failedMs = performance.now();
      this.deps.logger.debug('NOTIFY failed; workers find the new rows by polling.', { error });
      this.#forget(connection.client);
      await endClient(connection.client);
    }
  }

  #connect(): Connection {
    const client = createClient(this.deps.url, 'strata notifier');
    client.once('end', () => {
      this.#forget(client);
    });
    return { client, ready: client.connect() };
  }

  #forget(client: pg.Client): void {
    if (this.#connection?.client === client) this.#connection = undefined;
  }
}
