import type { Request } from 'express';
import { coreErrors, type AppError } from '../core/errors.ts';
import { declaredLength } from '../utils/announced-body.ts';

/** The limits of a body. */
export interface BodyRules {
  readonly maxBytes: number;
  /** The time limit for receiving the whole body, in ms. */
  readonly totalMs: number;
  /** The error to throw if the body has at least one byte. An empty chunked body counts as no body. */
  readonly refusal?: AppError | undefined;
}

/** The limits of a body that is read as a stream. */
export interface UploadRules extends BodyRules {
  /** The longest pause between two chunks, in ms. */
  readonly stallMs: number;
}

function refusalOf(bytes: number, { maxBytes, refusal }: BodyRules): AppError | undefined {
  if (bytes > 0 && refusal !== undefined) return refusal;
  return bytes > maxBytes ? coreErrors.tooLarge() : undefined;
}

/** Throws if the declared length is not allowed. Otherwise sends `100 Continue` to a client that waits for it. */
function admit(req: Request, rules: BodyRules): void {
  const refusal = refusalOf(declaredLength(req), rules);
  if (refusal !== undefined) throw refusal;
  const { expect } = req.headers;
  if (expect !== undefined && /\b100-continue\b/i.test(expect)) req.res?.writeContinue();
}

type Listeners = Readonly<Record<string, (piece: Buffer) => void>>;

/**
 * Listens to a body until the returned function is called. Fails with 408 after `waitMs`, and with 400 if the client
 * disconnects. Meanwhile the deadline of the request is paused, because the client is slow and not the service.
 */
function listen(
  req: Request,
  waitMs: number,
  fail: (error: AppError) => void,
  listeners: Listeners,
): () => void {
  const all: Listeners = {
    ...listeners,
    close: () => {
      fail(coreErrors.badRequest());
    },
  };
  const timer = setTimeout(() => {
    fail(coreErrors.requestTimeout());
  }, waitMs);
  req.deadline?.pause();
  for (const event in all) req.on(event, all[event] ?? fail);
  return () => {
    clearTimeout(timer);
    for (const event in all) req.off(event, all[event] ?? fail);
    req.deadline?.resume();
  };
}

/**
 * Reads a whole body. Throws at once if the declared length is not allowed. Rejects with 413 as soon as the body is too
 * long, with `refusal` if the body should be empty, with 408 after the time limit, and with 400 if the client
 * disconnects.
 */
export function readBody(req: Request, rules: BodyRules): Promise<Buffer> {
  admit(req, rules);
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const fail = (error: AppError): void => {
      stop();
      reject(error);
    };
    const stop = listen(req, rules.totalMs, fail, {
      data: (piece) => {
        pieces.push(piece);
        bytes += piece.length;
        const refusal = refusalOf(bytes, rules);
        if (refusal === undefined) return;
        req.pause();
        fail(refusal);
      },
      end: () => {
        stop();
        resolve(Buffer.concat(pieces));
      },
    });
  });
}

/** Reads a body as a stream. Throws the same errors as `readBody`, also while the stream is being read. */
export function readUpload(req: Request, rules: UploadRules): AsyncIterable<Buffer> {
  admit(req, rules);
  return readPieces(req, rules);
}

async function* readPieces(req: Request, rules: UploadRules): AsyncGenerator<Buffer> {
  const endMs = performance.now() + rules.totalMs;
  let bytes = 0;
  while (!req.readableEnded) {
    const piece: unknown = req.read();
    if (piece instanceof Buffer) {
      bytes += piece.length;
      const refusal = refusalOf(bytes, rules);
      if (refusal !== undefined) throw refusal;
      yield piece;
    } else {
      await untilMore(req, Math.min(rules.stallMs, endMs - performance.now()));
    }
  }
}

/** Waits until a body has more bytes or ends. */
function untilMore(req: Request, waitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: AppError): void => {
      stop();
      reject(error);
    };
    const go = (): void => {
      stop();
      resolve();
    };
    const stop = listen(req, waitMs, fail, { readable: go, end: go });
    if (req.destroyed) fail(coreErrors.badRequest());
  });
}
