import { createWriteStream, type WriteStream } from 'node:fs';

/** `unknown` is whatever was not answered with a plain yes or no: time-outs, resets, and every 5xx. */
export type Outcome = 'ok' | 'fail' | 'unknown';

export interface Line {
  readonly productId: string;
  readonly quantity: number;
}

/** What was asked, and what the one who asked knows of it. */
export interface Facts {
  readonly key?: string;
  readonly lines?: readonly Line[];
  readonly orderId?: string;
  readonly sessionId?: string;
  /** The generation of the refresh token that was shown. */
  readonly generation?: number;
  readonly aggregate?: string;
  readonly count?: number;
}

/** What the answer said, as far as the invariants need it. */
export interface Answer {
  readonly status: number;
  readonly code: string | null;
  /** Of status, location and body together. */
  readonly hash: string;
  readonly isReplay: boolean;
  readonly orderId?: string;
  readonly orderStatus?: string;
  readonly totalMinor?: number;
  /** The generation of the refresh token that was given. */
  readonly successor?: number;
}

/** One request, as its client saw it. */
export interface Operation {
  /** Its `X-Request-Id`. */
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  /** By the rig's clock, in ms. */
  readonly sentAtMs: number;
  readonly tookMs: number;
  /** For how much of that the machine had no time for the rig itself. */
  readonly stalledMs: number;
  readonly outcome: Outcome;
  readonly facts: Facts;
  readonly answer: Answer | null;
  /** Why there is no answer. */
  readonly failure?: string;
}

/** Everything that was asked during a run, in memory and as JSON lines. */
export class History {
  readonly operations: Operation[] = [];
  readonly #file: WriteStream;

  constructor(path: string) {
    this.#file = createWriteStream(path);
  }

  add(operation: Operation): void {
    this.operations.push(operation);
    this.#file.write(`${JSON.stringify(operation)}\n`);
  }

  of(...kinds: readonly string[]): Operation[] {
    return this.operations.filter(({ kind }) => kinds.includes(kind));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#file.end(() => {
        resolve();
      });
    });
  }
}
