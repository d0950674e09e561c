import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import { AppError, coreErrors } from '../core/errors.ts';
import type { Upload } from '../core/route.ts';
import { assertSafeJson } from '../core/validate.ts';

const hasBody: (req: Parameters<RequestHandler>[0]) => boolean = (req) =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

const isJson = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?$/i;

/** 415 for a body of any type but JSON in UTF-8 (RFC 8259 knows no other encoding). */
const requireJson: RequestHandler = (req, _res, next) => {
  if (hasBody(req) && !isJson.test(req.get('content-type') ?? '')) throw coreErrors.unsupportedMediaType();
  next();
};

const refuseUnsafe: RequestHandler = (req, _res, next) => {
  assertSafeJson(req.body);
  next();
};

/** Reads a JSON body of at most `limitBytes`: type, size, encoding, syntax and shape, in this order. */
export function parseBody(limitBytes: number): RequestHandler[] {
  const json = express.json({
    limit: limitBytes,
    strict: true,
    verify: (req: Request, _res, bytes) => {
      // The parser would put U+FFFD in place of what it cannot read, and nobody would know.
      if (!isUtf8(bytes)) throw coreErrors.malformedJson();
      req.rawBody = bytes;
    },
  });
  return [requireJson, json, refuseUnsafe];
}

/** Whether the body is of this type as it is, or in UTF-8: neither packed nor in another encoding. */
function isOfType(req: Request, type: string): boolean {
  const [sent = '', ...parameters] = (req.get('content-type') ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((name) => name.startsWith('charset='));
  const isPlain = req.get('content-encoding') === undefined;
  return isPlain && sent.trim() === type && /^charset="?utf-8"?$/.test(charset ?? 'charset=utf-8');
}

async function* readPieces(req: Request, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    // Or a refusal would end the very connection that its answer goes out by.
    const pieces: AsyncIterable<Buffer> = req.iterator({ destroyOnReturn: false });
    for await (const piece of pieces) {
      size += piece.length;
      if (size > maxBytes) throw coreErrors.tooLarge();
      yield piece;
    }
  } catch (error) {
    throw error instanceof AppError ? error : coreErrors.badRequest([], { cause: error });
  }
}

/** Lets a body of this type through unread, as `req.upload`: 415 for any other, 413 as soon as it is seen to be too long. */
export function takeUpload({ type, maxBytes }: Upload): RequestHandler {
  return (req, _res, next) => {
    if (hasBody(req) && !isOfType(req, type)) throw coreErrors.unsupportedMediaType({ expected: type });
    if (Number(req.get('content-length') ?? 0) > maxBytes) throw coreErrors.tooLarge();
    req.upload = readPieces(req, maxBytes);
    next();
  };
}
