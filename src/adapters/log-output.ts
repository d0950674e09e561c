const maxChars = 65_536;

/** A stream such as `process.stdout`. */
interface Stream {
  write(text: string): unknown;
}

/**
 * Writes log lines in batches. All lines of one iteration of the event loop go out in one write, because a write takes
 * longer than everything else that is done for a line. No line is lost when the process exits, or after an uncaught
 * exception.
 */
export class LogOutput {
  #text = '';

  constructor(private readonly stream: Stream) {
    process.on('exit', () => {
      this.flush();
    });
  }

  write(line: string): void {
    if (this.#text === '')
      setImmediate(() => {
        this.flush();
      });
    this.#text += `${line}\n`;
    if (this.#text.length >= maxChars) this.flush();
  }

  /** Writes the waiting lines. */
  flush(): void {
    const text = this.#text;
    if (text === '') return;
    this.#text = '';
    this.stream.write(text);
  }
}
