interface LoopOptions {
  /** Processes everything that is due. */
  readonly round: () => Promise<void>;
  /** Receives errors of rounds, the same one at most once a minute: a full disk must not fill the log. */
  readonly onFailure: (error: unknown) => void;
  /** Pause between rounds when nothing wakes the loop, in milliseconds. */
  readonly pollMs: number;
}

const reportEveryMs = 60_000;

const kindOf = (error: unknown): string =>
  error instanceof Error
    ? 'code' in error && typeof error.code === 'string'
      ? error.code
      : error.message
    : String(error);

/** Runs rounds in a loop: after each pause, and immediately when woken. */
export class Loop {
  #running: Promise<void> | undefined;
  #isStopped = false;
  #isWoken = false;
  #endPause: () => void = () => undefined;
  readonly #reported = new Map<string, number>();

  constructor(private readonly options: LoopOptions) {}

  /** True once `stop` was called; long rounds should check it. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Starts the next round now, or right after the current one. */
  wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  /** Starts no further round and waits for the current one. */
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
