import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import { coreErrors } from '../core/errors.ts';
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
