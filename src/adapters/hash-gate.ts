import { coreErrors } from '../core/errors.ts';

// The weight of the newest measurement in the moving average that estimates the duration of a hash.
const weight = 0.2;

interface HashGateSettings {
  /** How many hashes run at the same time. */
  readonly slots: number;
  /** How long a hash may wait, in milliseconds. */
  readonly maxWaitMs: number;
  /** Returns a monotonic time, in milliseconds. */
  readonly nowMs: () => number;
}

/** Runs `work` as soon as a slot is free. */
export type HashGate = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Creates a gate that limits how many hashes run at the same time, so that a flood of sign-ins leaves capacity for
 * other requests. If a hash would wait longer than `maxWaitMs`, it is rejected with `UNAVAILABLE` and `Retry-After`.
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
    // Wait in this list. `leave` passes its slot directly to the first in the list, so that a new caller cannot take
    // the slot.
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
