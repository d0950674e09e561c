import type { Request } from 'express';
import { coreErrors, type AppError } from '../core/errors.ts';
import { declaredLength } from '../utils/announced-body.ts';

/** What a body may be, and how long its sender may take. */
export interface BodyRules {
  readonly maxBytes: number;
  /** The longest wait for the next bytes. */
  readonly stallMs: number;
  /** The longest time for the whole body. */
  readonly totalMs: number;
  /** Refuses every byte. A chunked body without any is no body. */
  readonly refusal?: AppError | undefined;
}

/**
 * Reads a body as it arrives. Throws at once if its declared length breaks a rule, and from the iteration as soon as its
 * bytes do: 413, 408 or the refusal of the rules; 400 if the sender hangs up.
 */
export function readBody(req: Request, rules: BodyRules): AsyncIterable<Buffer> {
  assertAllowed(declaredLength(req), rules);
  return readPieces(req, rules);
}

function assertAllowed(bytes: number, { maxBytes, refusal }: BodyRules): void {
  if (bytes > 0 && refusal !== undefined) throw refusal;
  if (bytes > maxBytes) throw coreErrors.tooLarge();
}

async function* readPieces(req: Request, rules: BodyRules): AsyncGenerator<Buffer> {
  const endMs = performance.now() + rules.totalMs;
  let bytes = 0;
  if (/\b100-continue\b/i.test(req.headers.expect ?? '')) req.res?.writeContinue();
  for (;;) {
    const piece: unknown = req.read();
    if (piece instanceof Buffer) {
      bytes += piece.length;
      assertAllowed(bytes, rules);
      yield piece;
    } else if (req.complete && req.readableLength === 0) {
      // The stream emits `end` in this tick: the connection then knows that it can go on.
      await new Promise<void>((resolve) => {
        process.nextTick(resolve);
      });
      return;
    } else {
      await untilMore(req, Math.min(rules.stallMs, endMs - performance.now()));
    }
  }
}

/** Waits for more of a body, or for its end. The deadline of the request is paused meanwhile: nothing of ours is slow. */
function untilMore(req: Request, waitMs: number): Promise<void> {
  if (req.destroyed) throw coreErrors.badRequest();
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      req.off('readable', onMore).off('end', onMore).off('close', onHangUp);
      req.deadline?.resume();
      act();
    };
    const onMore = (): void => {
      settle(resolve);
    };
    const onHangUp = (): void => {
      settle(() => {
        reject(coreErrors.badRequest());
      });
    };
    const timer = setTimeout(() => {
      settle(() => {
        reject(coreErrors.requestTimeout());
      });
    }, waitMs);
    req.deadline?.pause();
    req.on('readable', onMore).on('end', onMore).on('close', onHangUp);
  });
}
