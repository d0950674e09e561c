import { AsyncResource } from 'node:async_hooks';
import type { Logger } from '../../core/ports.ts';

/** Runs work that no request waits for, one task after another, so that it uses at most one connection. */
export class Background {
  readonly #pending = new Map<string, () => Promise<unknown>>();
  readonly #start: () => Promise<void>;
  #running: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {
    // Binds the run to the context of construction, outside any request. In the context of the request that starts the
    // run, its deadline would also end the work that other requests add.
    this.#start = AsyncResource.bind(() => this.#run());
  }

  /** Adds work unless work with the same key is waiting. Errors are logged. */
  add(key: string, work: () => Promise<unknown>): void {
    if (!this.#pending.has(key)) this.#pending.set(key, work);
    this.#running ??= this.#start();
  }

  /** Waits until all added work is done. */
  async settle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Yield, so that `add` can store `#running` first.
    await Promise.resolve();
    // A loop over a map also visits the entries that `add` inserts meanwhile.
    for (const [key, work] of this.#pending) {
      this.#pending.delete(key);
      try {
        await work();
      } catch (error) {
        this.logger.error('Checking or recording a suspicion failed.', { suspicion: key, error });
      }
    }
    this.#running = undefined;
  }
}
