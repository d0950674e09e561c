import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { mock } from 'node:test';
import type { Request } from 'express';
import { uploadMaxSeconds, uploadStallSeconds } from '../http/route.ts';
import { readUpload } from './read-body.ts';

const rules = {
  maxBytes: 20_000_000,
  stallMs: uploadStallSeconds * 1_000,
  totalMs: uploadMaxSeconds * 1_000,
};

const settled = () => new Promise(setImmediate);

/** Starts reading a body. The test then sends the chunks of the body. */
function begin(changes: Partial<typeof rules> = {}) {
  const sent = new IncomingMessage(new Socket());
  const pieces: string[] = [];
  let outcome: unknown;
  const read = async (): Promise<void> => {
    const body = readUpload(sent as Request, { ...rules, ...changes });
    for await (const piece of body) pieces.push(piece.toString());
  };
  read().catch((error: unknown) => (outcome = error));
  return { sent, pieces, outcome: () => outcome };
}

describe('time limits of a body', () => {
  describe('between bytes', () => {
    beforeEach(() => {
      mock.timers.enable({ apis: ['setTimeout'] });
    });
    afterEach(() => {
      mock.timers.reset();
    });

    it('is 10 s, and restarts with each chunk', async () => {
      const { sent, pieces, outcome } = begin();
      for (let piece = 0; piece < 20; piece += 1) {
        mock.timers.tick(9_999);
        sent.push('a');
        await settled();
      }
      expect(pieces).toHaveLength(20);
      mock.timers.tick(9_999);
      await settled();
      expect(outcome()).toBeUndefined();
      mock.timers.tick(1);
      await settled();
      expect(outcome()).toMatchObject({ kind: 'timeout', code: 'REQUEST_TIMEOUT' });
    });

    it('does not run while the handler processes a chunk', async () => {
      const sent = new IncomingMessage(new Socket());
      const body = readUpload(sent as Request, rules)[Symbol.asyncIterator]();
      sent.push('a');
      await body.next();
      mock.timers.tick(60_000);
      sent.push('b');
      expect(await body.next()).toEqual({ done: false, value: Buffer.from('b') });
    });
  });

  it('also limit the whole body', async () => {
    const { sent, pieces, outcome } = begin({ totalMs: 200 });
    while (outcome() === undefined) {
      sent.push('a');
      await settled();
    }
    expect(pieces).not.toEqual([]);
    expect(outcome()).toMatchObject({ code: 'REQUEST_TIMEOUT' });
  });
});
