/** Timers that fire by hand and not by the clock. */
export interface HeldTimers {
  fire(): void;
  /** Lets timers fire by the clock again. */
  release(): void;
}

/** Holds back all timers of exactly `ms`, such as a deadline that nothing else is set to. */
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
