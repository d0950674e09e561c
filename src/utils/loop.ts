interface LoopOptions {
  /** Does what is due, until there is no more for now. */
  readonly round: () => Promise<void>;
  /** Learns of failures, of the same one at most once a minute: a full disk must not fill the log. */
  readonly onFailure: (error: unknown) => void;
  /** The pause between rounds when nothing wakes it. */
  readonly pollMs: number;
}

const reportEveryMs = 60_000;

const kindOf = (error: unknown): string =>
  error instanceof Error
    ? 'code' in error && typeof error.code === 'string'
      ? error.code
      : error.message
    : String(error);

/** Does the same again and again: after a pause, and at once when it is woken. */
export class Loop {
  #running: Promise<void> | undefined;
  #isStopped = false;
  #isWoken = false;
  #endPause: () => void = () => undefined;
  readonly #reported = new Map<string, number>();

  constructor(private readonly options: LoopOptions) {}

  /** For rounds that go on for long: nothing more is to be begun. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Begins the next round now, or right after the one that is under way. */
  wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  /** Begins no other round; returns once the last one is over. */
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
