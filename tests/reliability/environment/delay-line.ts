interface Delayed {
  readonly dueMs: number;
  readonly act: () => void;
}

/** Runs actions in the order in which they arrive, each at the earliest after its own delay. */
export class DelayLine {
  readonly #waiting: Delayed[] = [];

  push(act: () => void, delayMs: number): void {
    if (delayMs === 0 && this.#waiting.length === 0) {
      act();
      return;
    }
    this.#waiting.push({ dueMs: performance.now() + delayMs, act });
    if (this.#waiting.length === 1) this.#arm();
  }

  #arm(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    setTimeout(
      () => {
        this.#waiting.shift();
        first.act();
        this.#arm();
      },
      Math.max(0, first.dueMs - performance.now()),
    );
  }
}
