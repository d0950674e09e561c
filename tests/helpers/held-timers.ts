/** Timers that run only when the test calls `fire`. */
export interface HeldTimers {
  /** Runs every timer that was held so far. */
  fire(): void;
  /** Restores `setTimeout`. */
  release(): void;
}

/** Holds every timer with a delay of exactly `ms`. Choose a delay that no other timer has. */
export function holdTimers(ms: number): HeldTimers {
  const real = globalThis.setTimeout;
  const held: (() => void)[] = [];
  const holding = (callback: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]) => {
    if (delayMs !== ms) return real(callback, delayMs, ...args);
    held.push(() => {
      callback(...args);
    });
    return real(() => undefined, 0);
  };
  globalThis.setTimeout = Object.assign(holding, real);
  return {
    fire: () => {
      for (const callback of held.splice(0)) callback();
    },
    release: () => {
      globalThis.setTimeout = real;
    },
  };
}
