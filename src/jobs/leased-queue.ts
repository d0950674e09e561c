import { setTimeout as sleep } from 'node:timers/promises';
import { Loop } from '../utils/loop.ts';

interface LeasedQueueOptions<Item> {
  /** Claims due items and starts work on each, until no item is due. */
  readonly claimDue: () => Promise<void>;
  /** Receives errors of `claimDue`. The same error is reported at most once a minute. */
  readonly onClaimFailure: (error: unknown) => void;
  /** How long the queue waits before it looks for due items again if nothing wakes it, in milliseconds. */
  readonly pollMs: number;
  /** Renews leases while work is in progress. Omit it if work always ends before its lease. */
  readonly lease?: {
    readonly seconds: number;
    /** Extends the leases of these items by the full lease. Never throws. */
    readonly renew: (items: readonly Item[]) => Promise<void>;
    /** Returns unfinished items to the queue when the process stops. */
    readonly release: (items: readonly Item[]) => Promise<void>;
  };
  /** How long `stop` waits for work in progress, in milliseconds. */
  readonly stopMs: number;
}

/** An item that may be a poison message runs alone for this long, in milliseconds. */
const defaultProbationMs = 1_000;

/**
 * Works on the items of a queue in the database. Claims items in a loop, renews their leases while work is in progress,
 * and returns unfinished items when the process stops.
 */
export class LeasedQueue<Item> {
  readonly #inFlight = new Map<Item, Promise<void>>();
  readonly #loop: Loop;
  #renewing: NodeJS.Timeout | undefined;

  constructor(private readonly options: LeasedQueueOptions<Item>) {
    const { claimDue, onClaimFailure, pollMs } = options;
    this.#loop = new Loop({ round: claimDue, onFailure: onClaimFailure, pollMs });
  }

  /** Items in progress. */
  get items(): Item[] {
    return [...this.#inFlight.keys()];
  }

  /** Number of items in progress. */
  get size(): number {
    return this.#inFlight.size;
  }

  /** True after `stop` was called. The queue then claims nothing more. */
  get isStopped(): boolean {
    return this.#loop.isStopped;
  }

  start(): void {
    const { lease } = this.options;
    if (lease !== undefined)
      this.#renewing = setInterval(
        () => {
          if (this.size > 0) void lease.renew(this.items);
        },
        (lease.seconds * 1_000) / 3,
      );
    this.#loop.start();
  }

  /** Claims due items now, without waiting for the next poll. */
  wake(): void {
    this.#loop.wake();
  }

  /** Keeps the lease of the item until `work` has ended. The promise resolves at that time. `work` must not reject. */
  begin(item: Item, work: Promise<void>): Promise<void> {
    const ended = work.finally(() => {
      this.#inFlight.delete(item);
    });
    this.#inFlight.set(item, ended);
    return ended;
  }

  /** Resolves when one of the items in progress has ended. */
  waitForAny(): Promise<void> {
    return Promise.race(this.#inFlight.values());
  }

  /**
   * Waits a moment if this item may be a poison message, so that no other items are affected if it crashes the process.
   * One lost lease can be chance, so the wait starts at the third attempt.
   */
  async probation(work: Promise<void>, attempts: number, probationMs = defaultProbationMs): Promise<void> {
    if (attempts > 2) await Promise.race([work, sleep(probationMs, undefined, { ref: false })]);
  }

  /** Stops claiming, waits up to `stopMs` for work in progress, and returns unfinished items to the queue. */
  async stop(): Promise<void> {
    const { stopMs, lease } = this.options;
    const ended = this.#loop.stop().then(() => Promise.all(this.#inFlight.values()));
    await Promise.race([ended, sleep(stopMs, undefined, { ref: false })]);
    clearInterval(this.#renewing);
    if (this.size > 0) await lease?.release(this.items);
  }
}
