import { promisify, TextDecoder } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Request, RequestHandler } from 'express';
import { coreErrors, type AppError } from '../core/errors.ts';
import { uploadMaxSeconds, uploadStallSeconds, type Upload } from '../http/route.ts';
import { assertSafeJson } from '../http/validate.ts';
import { hasBody } from '../utils/announced-body.ts';
import { isUtf8MediaType } from '../utils/media-type.ts';
import { readBody, readUpload, type BodyRules } from './read-body.ts';

/** The maximum size of a body and the time limit for receiving it. */
export interface BodyLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

const rulesOf = ({ maxBytes, timeoutMs }: BodyLimits): BodyRules => ({ maxBytes, totalMs: timeoutMs });

const encodingOf = (req: Request): string => (req.headers['content-encoding'] ?? 'identity').toLowerCase();

const isOfType = (req: Request, type: string): boolean =>
  isUtf8MediaType(req.headers['content-type'] ?? '', type);

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decompressors: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

async function decompress(bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const run = decompressors[encoding];
  if (run === undefined) return bytes;
  try {
    return await run(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge ? coreErrors.tooLarge() : coreErrors.badRequest([], { cause: error });
  }
}

// Refuses invalid bytes (`fatal`). Without this option, the decoder would replace them with U+FFFD and silently change
// the body.
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Parses a JSON object or array. Throws MALFORMED_JSON for anything else. */
function parseJson(bytes: Buffer): object {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw coreErrors.malformedJson([], { cause: error });
  }
  throw coreErrors.malformedJson();
}

/** Returns an error unless the request declares its body as JSON in UTF-8 (RFC 8259) with a supported compression. */
function jsonRefusal(req: Request): AppError | undefined {
  const encoding = encodingOf(req);
  const isReadable = encoding === 'identity' || Object.hasOwn(decompressors, encoding);
  return isReadable && isOfType(req, 'application/json') ? undefined : coreErrors.unsupportedMediaType();
}

/** Reads a JSON body into `req.body`. Checks the body's type, size, encoding, syntax and safety, in this order. */
export function parseBody(limits: BodyLimits): RequestHandler {
  const rules = rulesOf(limits);
  const read = async (req: Request): Promise<void> => {
    const sent = await readBody(req, { ...rules, refusal: jsonRefusal(req) });
    if (sent.length === 0) return;
    req.rawBody = await decompress(sent, encodingOf(req), limits.maxBytes);
    const body = parseJson(req.rawBody);
    assertSafeJson(body);
    req.body = body;
  };
  return (req, _res, next) => {
    if (hasBody(req))
      return read(req).then(() => {
        next();
      });
    next();
  };
}

/** Reads and discards a body on paths that need none, so that the connection can be used again. */
export function discardBody(limits: BodyLimits): RequestHandler {
  const rules = rulesOf(limits);
  return (req, _res, next) => {
    if (hasBody(req))
      return readBody(req, rules).then(() => {
        next();
      });
    next();
  };
}

/** Sets `req.upload` to the stream of the body. Accepts only an uncompressed body of this media type. */
export function receiveUpload({ type, maxBytes, maxSeconds = uploadMaxSeconds }: Upload): RequestHandler {
  const rules = { maxBytes, stallMs: uploadStallSeconds * 1_000, totalMs: maxSeconds * 1_000 };
  return (req, _res, next) => {
    const isReadable = encodingOf(req) === 'identity' && isOfType(req, type);
    const refusal = isReadable ? undefined : coreErrors.unsupportedMediaType({ expected: type });
    req.upload = readUpload(req, { ...rules, refusal });
    next();
  };
}
