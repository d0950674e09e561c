import { beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { createHashGate } from './hash-gate.ts';

/** Creates work that records its start and ends when the test says so. */
function buildWork() {
  let end: () => void = () => undefined;
  let hasBegun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async (): Promise<void> => {
    hasBegun = true;
    await ended;
  };
  return { work, end: () => end(), hasBegun: () => hasBegun };
}

describe('the hash gate', () => {
  let nowMs: number;

  const createGate = (slots: number) => createHashGate({ slots, maxWaitMs: 1_000, nowMs: () => nowMs });

  beforeEach(() => {
    nowMs = 0;
  });

  it('runs one task per slot, and the others in order', async () => {
    const gate = createGate(2);
    const works = Array.from({ length: 5 }, buildWork);
    const begun = () => works.map(({ hasBegun }) => hasBegun());
    const all = works.map(({ work }) => gate(work));
    await turn();
    expect(begun()).toEqual([true, true, false, false, false]);
    works[1]?.end();
    await turn();
    expect(begun()).toEqual([true, true, true, false, false]);
    works[0]?.end();
    await turn();
    expect(begun()).toEqual([true, true, true, true, false]);
    for (const { end } of works) end();
    await Promise.all(all);
  });

  it('rejects a task that would wait for more than a second, with Retry-After', async () => {
    const gate = createGate(1);
    // Run one hash of 300 ms, so that the gate expects this duration.
    await gate(async () => {
      nowMs += 300;
    });
    const works = Array.from({ length: 6 }, buildWork);
    const outcomes = works.map(({ work }) =>
      gate(work).then(
        () => 'done',
        (error: unknown) => error,
      ),
    );
    await turn();
    // One hash runs. Three others wait for 300, 600 and 900 ms. The fifth would wait for 1,200 ms.
    const refusal = await Promise.race([outcomes[4], turn('still waiting')]);
    expect(refusal).toMatchObject({ code: 'UNAVAILABLE', headers: { 'Retry-After': '1' } });
    for (const { end } of works) end();
    expect(await Promise.all(outcomes.slice(0, 4))).toEqual(['done', 'done', 'done', 'done']);
    expect(works[4]?.hasBegun()).toBe(false);
  });

  it('frees the slot if the work fails', async () => {
    const gate = createGate(1);
    await expect(gate(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate(async () => 'next')).resolves.toBe('next');
  });
});
