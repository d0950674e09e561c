/** Cleanup functions, called in reverse order. */
export class Closers {
  readonly #closers: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closers.unshift(close);
  }

  /** Calls every function once, even if one of them fails. */
  async closeAll(): Promise<void> {
    for (const close of this.#closers.splice(0))
      await close().catch((error: unknown) => {
        process.stderr.write(`A part of the environment failed to close: ${String(error)}\n`);
      });
  }
}
