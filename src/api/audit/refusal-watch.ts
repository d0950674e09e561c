import type { Clock } from '../../core/ports.ts';

interface RefusalHistory {
  readonly timesMs: readonly number[];
  readonly quietUntilMs: number;
}

export const refusalsMax = 20;
export const refusalWindowMs = 5 * 60_000;
const maxUsers = 10_000;

/** Counts the refusals of each user in this process. */
export class RefusalCounter {
  // In the order of the last refusal, so that the first one is the least missed.
  readonly #trails = new Map<string, RefusalHistory>();

  constructor(private readonly clock: Clock) {}

  /** Counts a refusal; true when it makes too many within the window, and then not again for as long. */
  countAndCheckLimit(userId: string): boolean {
    const nowMs = this.clock.now().getTime();
    const { timesMs, quietUntilMs } = this.#trails.get(userId) ?? { timesMs: [], quietUntilMs: 0 };
    if (nowMs < quietUntilMs) return false;
    const recentMs = [...timesMs.filter((timeMs) => nowMs - timeMs < refusalWindowMs), nowMs];
    const isTooMany = recentMs.length >= refusalsMax;
    this.#store(
      userId,
      isTooMany
        ? { timesMs: [], quietUntilMs: nowMs + refusalWindowMs }
        : { timesMs: recentMs, quietUntilMs: 0 },
    );
    return isTooMany;
  }

  #store(userId: string, trail: RefusalHistory): void {
    this.#trails.delete(userId);
    const [oldest] = this.#trails.keys();
    if (oldest !== undefined && this.#trails.size >= maxUsers) this.#trails.delete(oldest);
    this.#trails.set(userId, trail);
  }
}
