import type { Clock } from '../../core/ports.ts';

interface RefusalHistory {
  readonly timesMs: readonly number[];
  readonly quietUntilMs: number;
}

export const refusalsMax = 20;
export const refusalWindowMs = 5 * 60_000;
const maxUsers = 10_000;

/** Counts refused requests per user in this process. */
export class RefusalCounter {
  // The entries are ordered by the time of their last refusal, so that the first entry is the one to evict.
  readonly #histories = new Map<string, RefusalHistory>();

  constructor(private readonly clock: Clock) {}

  /**
   * Counts a refusal. Returns true if the user reached the limit within the window. After that, returns false for the
   * length of one window.
   */
  countAndCheckLimit(userId: string): boolean {
    const nowMs = this.clock.now().getTime();
    const { timesMs, quietUntilMs } = this.#histories.get(userId) ?? { timesMs: [], quietUntilMs: 0 };
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

  #store(userId: string, history: RefusalHistory): void {
    this.#histories.delete(userId);
    const [oldest] = this.#histories.keys();
    if (oldest !== undefined && this.#histories.size >= maxUsers) this.#histories.delete(oldest);
    this.#histories.set(userId, history);
  }
}
