import { describe, expect, it } from '@jest/globals';
import { Loop } from './loop.ts';

/** Runs a loop whose rounds fail with these errors, one after another. Returns the errors that it reported. */
async function reportedOf(failures: readonly unknown[]): Promise<unknown[]> {
  const reported: unknown[] = [];
  const left = [...failures];
  let end = (): void => undefined;
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
  });
  const loop = new Loop({
    round: async () => {
      if (left.length === 0) end();
      else throw left.shift();
    },
    onFailure: (error) => {
      reported.push(error);
    },
    pollMs: 0,
  });
  loop.start();
  await isOver;
  await loop.stop();
  return reported;
}

const full = () => Object.assign(new Error('could not extend file'), { code: '53100' });
const silent = () => new Error('Query read timeout');

describe('Loop', () => {
  it('reports a lasting failure once', async () => {
    const first = full();
    expect(await reportedOf([first, full(), full(), full()])).toEqual([first]);
  });

  it('reports each kind of failure, even if they alternate', async () => {
    const reported = await reportedOf([full(), silent(), full(), silent(), 'a text', 'a text']);
    expect(reported.map(String)).toEqual([
      'Error: could not extend file',
      'Error: Query read timeout',
      'a text',
    ]);
  });
});
