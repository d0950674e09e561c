import { beforeEach, describe, expect, it } from '@jest/globals';
import { createFakeClock, type FakeClock } from '../../../tests/helpers/fakes.ts';
import { SessionCache, type SessionState } from './session-cache.ts';

const live: SessionState = {
  userId: 'u',
  isLive: true,
  tokenVersion: 1,
  roles: ['user'],
  authTime: new Date(0),
  hasMfa: false,
};
const ended: SessionState = { ...live, isLive: false };

describe('SessionCache', () => {
  let clock: FakeClock;
  let stored: SessionState | null;
  let loads: number;
  let cache: SessionCache;

  beforeEach(() => {
    clock = createFakeClock();
    stored = live;
    loads = 0;
    cache = new SessionCache(clock, async () => {
      loads += 1;
      return stored;
    });
  });

  const read = (isFresh = false) => cache.read('s', 'u', { isFresh });

  it('loads at most once per second', async () => {
    await read();
    clock.advance(999);
    expect(await read()).toBe(live);
    expect(loads).toBe(1);
    stored = ended;
    clock.advance(1);
    expect(await read()).toBe(ended);
    expect(loads).toBe(2);
  });

  it('always loads for a fresh read, and caches the result', async () => {
    await read();
    stored = ended;
    expect(await read(true)).toBe(ended);
    expect(await read()).toBe(ended);
    expect(loads).toBe(2);
  });

  it('caches a missing session', async () => {
    stored = null;
    expect(await read()).toBeNull();
    expect(await read()).toBeNull();
    expect(loads).toBe(1);
  });

  it('loads again if the clock was set back', async () => {
    await read();
    clock.advance(-10_000);
    await read();
    expect(loads).toBe(2);
  });

  it('invalidates one session, or all', async () => {
    await read();
    await cache.read('other', 'u', { isFresh: false });
    cache.invalidate('s');
    await read();
    await cache.read('other', 'u', { isFresh: false });
    expect(loads).toBe(3);
    cache.invalidateAll();
    await read();
    await cache.read('other', 'u', { isFresh: false });
    expect(loads).toBe(5);
  });

  it.each<[string, (slow: SessionCache) => void]>([
    ['this session', (slow) => slow.invalidate('s')],
    ['another session', (slow) => slow.invalidate('other')],
    ['all sessions', (slow) => slow.invalidateAll()],
  ])('does not cache a load that started before the invalidation of %s', async (_what, end) => {
    const answers: ((state: SessionState) => void)[] = [];
    const slow = new SessionCache(clock, () => new Promise((resolve) => answers.push(resolve)));
    const early = slow.read('s', 'u', { isFresh: false });
    end(slow);
    answers[0]?.(live);
    expect(await early).toBe(live);
    const late = slow.read('s', 'u', { isFresh: false });
    answers[1]?.(ended);
    expect(await late).toBe(ended);
    expect(await slow.read('s', 'u', { isFresh: false })).toBe(ended);
    expect(answers).toHaveLength(2);
  });

  it('measures the age from the start of the load', async () => {
    let answer: (state: SessionState) => void = () => undefined;
    const slow = new SessionCache(clock, () => {
      loads += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const first = slow.read('s', 'u', { isFresh: false });
    clock.advance(1_000);
    answer(live);
    await first;
    const second = slow.read('s', 'u', { isFresh: false });
    answer(ended);
    expect(await second).toBe(ended);
  });

  it('does not cache a failed load', async () => {
    const failing = new SessionCache(clock, async () => {
      loads += 1;
      throw new Error('away');
    });
    await expect(failing.read('s', 'u', { isFresh: false })).rejects.toThrow('away');
    await expect(failing.read('s', 'u', { isFresh: false })).rejects.toThrow('away');
    expect(loads).toBe(2);
  });

  it('limits the number of entries', async () => {
    for (let count = 0; count < 10_000; count += 1) await cache.read(`s${count}`, 'u', { isFresh: false });
    await cache.read('s0', 'u', { isFresh: false });
    expect(loads).toBe(10_000);
    await cache.read('one more', 'u', { isFresh: false });
    await cache.read('s0', 'u', { isFresh: false });
    expect(loads).toBe(10_002);
  });
});
