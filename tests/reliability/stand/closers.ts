/** What has to be ended, the last first. */
export class Closers {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.unshift(close);
  }

  /** Ends everything once; one that fails does not keep the others from it. */
  async closeAll(): Promise<void> {
    for (const close of this.#closers.splice(0))
      await close().catch((error: unknown) => {
        process.stderr.write(`Something of the stand did not end: ${String(error)}\n`);
      });
  }
}
