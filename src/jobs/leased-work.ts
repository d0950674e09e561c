import { setTimeout as sleep } from 'node:timers/promises';

interface LeasedWorkOptions<Item> {
  /** Makes the leases of these last for as long again. Never throws. */
  readonly renew: (items: readonly Item[]) => Promise<void>;
  /** Gives back what has not ended, for others to take. */
  readonly release: (items: readonly Item[]) => Promise<void>;
  readonly renewMs: number;
  /** How long what was begun may take once it is to stop. */
  readonly stopMs: number;
}

/** What this process has taken and not ended: its leases are renewed meanwhile, and what is left at the end is given back. */
export class LeasedWork<Item> {
  readonly #inFlight = new Map<Item, Promise<void>>();
  #renewing: NodeJS.Timeout | undefined;

  constructor(private readonly options: LeasedWorkOptions<Item>) {}

  get items(): Item[] {
    return [...this.#inFlight.keys()];
  }

  get size(): number {
    return this.#inFlight.size;
  }

  start(): void {
    this.#renewing = setInterval(() => {
      if (this.size > 0) void this.options.renew(this.items);
    }, this.options.renewMs);
  }

  /** Keeps the lease of the item until its work has ended, and returns then. The work never throws. */
  begin(item: Item, work: Promise<void>): Promise<void> {
    const ended = work.finally(() => {
      this.#inFlight.delete(item);
    });
    this.#inFlight.set(item, ended);
    return ended;
  }

  /** Returns once some of it has ended. */
  waitForAny(): Promise<void> {
    return Promise.race(this.#inFlight.values());
  }

  /** Returns once all of it has ended. */
  async waitForAll(): Promise<void> {
    await Promise.all(this.#inFlight.values());
  }

  /** Waits some seconds for what was begun, and for `last` that may begin more of it; then gives back what is left. */
  async stop(last: Promise<void>): Promise<void> {
    const ended = last.then(() => this.waitForAll());
    await Promise.race([ended, sleep(this.options.stopMs, undefined, { ref: false })]);
    clearInterval(this.#renewing);
    if (this.size > 0) await this.options.release(this.items);
  }
}
