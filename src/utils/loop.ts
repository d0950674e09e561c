interface LoopParts {
  /** Does what is due, until there is no more for now. */
  readonly round: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  /** The pause between rounds when nothing wakes it. */
  readonly pollMs: number;
}

/** Does the same again and again: after a pause, and at once when it is woken. */
export class Loop {
  #running: Promise<void> | undefined;
  #isStopped = false;
  #isWoken = false;
  #endRest: () => void = () => undefined;

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
        this.parts.onFailure(error);
      }
      await this.#rest();
    }
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
