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
 * Replies 200 with data of any length in bounded memory. Async iterables in the data become arrays, and are read only
 * as fast as the caller receives them. An error within the first 64 kB becomes an error reply. A later error closes the
 * connection.
 */
export const streamJson = (data: object): RawReply =>
  raw(async (req, res) => {
    const chunks = inChunks(jsonPieces(successBody(data)));
    const first = req.method === 'HEAD' ? '' : ((await chunks.next()).value ?? '');
    // Stop if the deadline has sent its reply, or the caller has disconnected, in the meantime.
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
