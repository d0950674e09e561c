import { AsyncResource } from 'node:async_hooks';
import type { Logger } from '../../core/ports.ts';

/** Work that no request waits for: one after another, so that it never takes more than one connection. */
export class Background {
  readonly #due = new Map<string, () => Promise<unknown>>();
  readonly #start: () => Promise<void>;
  #running: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {
    // Bound to where it is made, outside any request: the deadline of one must not end what others have added.
    this.#start = AsyncResource.bind(() => this.#run());
  }

  /** Adds work, unless some of the same key waits still; its failure is logged. */
  add(key: string, work: () => Promise<unknown>): void {
    if (!this.#due.has(key)) this.#due.set(key, work);
    this.#running ??= this.#start();
  }

  /** Returns once everything that was added is done. */
  async settle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Not within `add`, which does not know yet that something runs.
    await Promise.resolve();
    // A map that grows while it is walked is walked to its new end.
    for (const [key, work] of this.#due) {
      this.#due.delete(key);
      try {
        await work();
      } catch (error) {
        this.logger.error('A suspicion could not be looked into or recorded.', { suspicion: key, error });
      }
    }
    this.#running = undefined;
  }
}
