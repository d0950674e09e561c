interface LoopParts {
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
  #endRest: () => void = () => undefined;
  readonly #reported = new Map<string, number>();

  constructor(private readonly parts: LoopParts) {}

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
    this.#endRest();
  }

  /** Begins no other round; returns once the last one is over. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endRest();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      this.#isWoken = false;
      try {
        await this.parts.round();
      } catch (error) {
        this.#report(error);
      }
      await this.#rest();
    }
  }

  #report(error: unknown): void {
    const now = performance.now();
    for (const [kind, reportedMs] of this.#reported)
      if (now - reportedMs >= reportEveryMs) this.#reported.delete(kind);
    const kind = kindOf(error);
    if (this.#reported.has(kind)) return;
    this.#reported.set(kind, now);
    this.parts.onFailure(error);
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isWoken || this.#isStopped) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, this.parts.pollMs);
      this.#endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
