import { pipeline } from 'node:stream/promises';
import { jsonPieces } from '../utils/json-pieces.ts';
import { jsonType, successBody } from './envelope.ts';
import { raw, type RawReply } from './reply.ts';

const chunkLength = 64 * 1_024;

async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  let chunk = '';
  for await (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

async function* after(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

const isDisconnected = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * Answers 200 with data of any length in bounded memory: async iterables in it become arrays, read as the caller takes
 * them. What fails within the first 64 kB is an error answer of its own; later the connection is cut.
 */
export const streamJson = (data: object): RawReply =>
  raw(async (req, res) => {
    const chunks = inChunks(jsonPieces(successBody(data)));
    const first = req.method === 'HEAD' ? '' : ((await chunks.next()).value ?? '');
    // The deadline may have answered meanwhile, or the caller have hung up.
    if (res.headersSent || res.destroyed) return;
    res.setHeader('Content-Type', jsonType);
    res.setHeader('Cache-Control', 'no-store');
    if (req.method === 'HEAD') {
      res.end();
      return;
    }
    try {
      await pipeline(after(first, chunks), res);
    } catch (error) {
      if (!isDisconnected(error)) throw error;
    }
  });
