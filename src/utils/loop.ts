interface LoopOptions {
  /** Processes everything that is due. */
  readonly round: () => Promise<void>;
  /**
   * Receives the errors of rounds. The same error is reported at most once a minute, because a full disk must not fill
   * the log.
   */
  readonly onFailure: (error: unknown) => void;
  /** How long the loop waits before the next round if nothing wakes it, in milliseconds. */
  readonly pollMs: number;
}

const reportEveryMs = 60_000;

const kindOf = (error: unknown): string =>
  error instanceof Error
    ? 'code' in error && typeof error.code === 'string'
      ? error.code
      : error.message
    : String(error);

/** Runs one round after another. A round starts after each pause, or immediately when the loop is woken. */
export class Loop {
  #running: Promise<void> | undefined;
  #isStopped = false;
  #isWoken = false;
  #endPause: () => void = () => undefined;
  readonly #reported = new Map<string, number>();

  constructor(private readonly options: LoopOptions) {}

  /** True after `stop` was called. A long round should check this property and end. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Starts the next round now, or directly after the current one. */
  wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  /** Starts no further round, and waits until the current one has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endPause();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isWoken = false;
      try {
        await this.options.round();
      } catch (error) {
        this.#report(error);
      }
      await this.#pause();
    }
  }

  #report(error: unknown): void {
    const now = performance.now();
    for (const [kind, reportedMs] of this.#reported)
      if (now - reportedMs >= reportEveryMs) this.#reported.delete(kind);
    const kind = kindOf(error);
    if (this.#reported.has(kind)) return;
    this.#reported.set(kind, now);
    this.options.onFailure(error);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isWoken || this.#isStopped) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, this.options.pollMs);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
