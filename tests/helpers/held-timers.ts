/** Timers that the test fires by hand. */
export interface HeldTimers {
  /** Fires every timer held so far. */
  fire(): void;
  /** Restores `setTimeout`. */
  release(): void;
}

/** Holds every timer whose delay is exactly `ms`. Choose a delay that no other timer uses. */
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
