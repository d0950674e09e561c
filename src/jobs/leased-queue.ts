import { setTimeout as sleep } from 'node:timers/promises';
import { Loop } from '../utils/loop.ts';

interface LeasedQueueOptions<Item> {
  /** Claims due items and begins work on each, until none is due. */
  readonly claimDue: () => Promise<void>;
  /** Receives errors of `claimDue`, the same one at most once a minute. */
  readonly onClaimFailure: (error: unknown) => void;
  /** Pause between rounds when nothing wakes the queue, in milliseconds. */
  readonly pollMs: number;
  /** Renews leases while work is in progress. Not needed if work always ends before its lease. */
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

/** How long nothing else is begun beside an item that may be a poison message, in milliseconds. */
const defaultProbationMs = 1_000;

/** Works on the items of a queue in the database: claims them in a loop, renews their leases, and releases them at the end. */
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

  /** True once `stop` was called: claim nothing more. */
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

  /** Claims due items now instead of at the end of the pause. */
  wake(): void {
    this.#loop.wake();
  }

  /** Renews the lease of the item until `work` has ended; resolves then. `work` must not reject. */
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
   * Waits a moment if an item whose lease had expired may be a poison message, so that its crash takes no other items
   * with it. One lost lease may be chance; two are not.
   */
  async probation(work: Promise<void>, attempts: number, probationMs = defaultProbationMs): Promise<void> {
    if (attempts > 2) await Promise.race([work, sleep(probationMs, undefined, { ref: false })]);
  }

  /** Claims nothing more, waits up to `stopMs` for work in progress, and releases the rest. */
  async stop(): Promise<void> {
    const { stopMs, lease } = this.options;
    const ended = this.#loop.stop().then(() => Promise.all(this.#inFlight.values()));
    await Promise.race([ended, sleep(stopMs, undefined, { ref: false })]);
    clearInterval(this.#renewing);
    if (this.size > 0) await lease?.release(this.items);
  }
}
