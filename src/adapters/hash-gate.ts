import { coreErrors } from '../core/errors.ts';

// How much the newest measurement counts for in what the next hash is expected to take.
const weight = 0.2;

interface HashGateSettings {
  /** How many hashes run at once. */
  readonly slots: number;
  /** How long a hash may wait for its turn. */
  readonly maxWaitMs: number;
  /** The time in ms, from any moment on. */
  readonly nowMs: () => number;
}

/** Runs one piece of slow work when its turn comes. */
export type HashGate = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Limits how many hashes run at once, so that a flood of sign-ins leaves the machine to other requests.
 * Refuses a hash that would wait longer than `maxWaitMs`: `UNAVAILABLE` with `Retry-After`.
 */
export function createHashGate({ slots, maxWaitMs, nowMs }: HashGateSettings): HashGate {
  const waiting: (() => void)[] = [];
  let running = 0;
  let expectedMs = 0;

  const enter = async (): Promise<void> => {
    if (running < slots) {
      running += 1;
      return;
    }
    const waitMs = ((waiting.length + 1) / slots) * expectedMs;
    if (waitMs > maxWaitMs) throw coreErrors.unavailable([], { headers: { 'Retry-After': '1' } });
    // Whoever leaves hands the slot over, so that nobody new can take it in between.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };

  return async (work) => {
    await enter();
    const startedAt = nowMs();
    try {
      return await work();
    } finally {
      const tookMs = nowMs() - startedAt;
      expectedMs = expectedMs === 0 ? tookMs : expectedMs * (1 - weight) + tookMs * weight;
      leave();
    }
  };
}
