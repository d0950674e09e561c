import { createWriteStream, type WriteStream } from 'node:fs';

/** The outcome of a request. `unknown` includes timeouts, resets and every 5xx. */
export type Outcome = 'ok' | 'fail' | 'unknown';

/** A line of an order. */
export interface Line {
  readonly productId: string;
  readonly quantity: number;
}

/** Facts about a request that the client knows before it sends it. */
export interface RequestFacts {
  readonly key?: string;
  readonly lines?: readonly Line[];
  readonly orderId?: string;
  readonly sessionId?: string;
  /** The generation of the refresh token in the request. */
  readonly generation?: number;
  readonly aggregate?: string;
  readonly count?: number;
}

/** The parts of a response that the invariants need. */
export interface ResponseSummary {
  readonly status: number;
  readonly code: string | null;
  /** A hash of status, `Location` and body. */
  readonly hash: string;
  readonly isReplay: boolean;
  readonly orderId?: string;
  readonly orderStatus?: string;
  readonly totalMinor?: number;
  /** The generation of the refresh token in the response. */
  readonly successor?: number;
}

/** A request and its outcome, as the client saw them. */
export interface Operation {
  /** The request's `X-Request-Id`. */
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  /** When the request was sent, as `Date.now()` of the test process. */
  readonly sentAtMs: number;
  readonly tookMs: number;
  /** The part of `tookMs` during which the test process itself was blocked, in ms. */
  readonly stalledMs: number;
  readonly outcome: Outcome;
  readonly facts: RequestFacts;
  readonly response: ResponseSummary | null;
  /** Why there was no response. */
  readonly failure?: string;
}

/** All operations of a run, in memory and in a file of JSON lines. */
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

  /** Returns the operations of these kinds. */
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
