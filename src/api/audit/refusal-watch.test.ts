import { beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../../tests/helpers/fakes.ts';
import { RefusalCounter } from './refusal-watch.ts';

describe('RefusalCounter', () => {
  let clock: FakeClock;
  let watch: RefusalCounter;

  beforeEach(() => {
    clock = createFakeClock();
    watch = new RefusalCounter(clock);
  });

  /** Returns which of consecutive refusals exceeded the limit, counted from 1. */
  const refuse = (times: number, userId = 'a', everyMs = 0): number[] =>
    Array.from({ length: times }, (_none, at) => {
      clock.advance(everyMs);
      return watch.countAndCheckLimit(userId) ? at + 1 : 0;
    }).filter((place) => place > 0);

  it('reports the twentieth within five minutes, then nothing for five', () => {
    expect(refuse(60)).toEqual([20]);
    clock.advance(299_999);
    expect(refuse(20)).toEqual([]);
    clock.advance(1);
    expect(refuse(20)).toEqual([20]);
  });

  it('uses a sliding window', () => {
    // Twenty refusals span 19 intervals: 19 × 15 s is within five minutes, 19 × 16 s is not.
    expect(refuse(20, 'quick', 15_000)).toEqual([20]);
    expect(refuse(200, 'slow', 16_000)).toEqual([]);
  });

  it('counts each user separately', () => {
    expect([refuse(19, 'a'), refuse(19, 'b'), refuse(1, 'a')]).toEqual([[], [], [1]]);
  });

  it('evicts the user with the oldest refusal when full', () => {
    refuse(19, 'first');
    refuse(19, 'second');
    for (let at = 0; at < 9_998; at += 1) watch.countAndCheckLimit(`other-${at}`);
    // The counter holds exactly 10,000 users, so the next one evicts `first`.
    watch.countAndCheckLimit('one more');
    expect(refuse(1, 'second')).toEqual([1]);
    expect(refuse(1, 'first')).toEqual([]);
  });
});
