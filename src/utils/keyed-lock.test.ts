import { describe, expect, it } from '@jest/globals';
import { createKeyedLock } from './keyed-lock.ts';

describe('createKeyedLock', () => {
  it('serializes work of one key and runs other keys concurrently', async () => {
    const lock = createKeyedLock();
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await Promise.resolve();
      events.push(`${name} ends`);
      return name;
    };
    const done = await Promise.all([lock('a', work('a1')), lock('a', work('a2')), lock('b', work('b1'))]);
    expect(done).toEqual(['a1', 'a2', 'b1']);
    expect(events.indexOf('a2 begins')).toBeGreaterThan(events.indexOf('a1 ends'));
    expect(events.indexOf('b1 begins')).toBeLessThan(events.indexOf('a1 ends'));
  });

  it('continues after a failure', async () => {
    const lock = createKeyedLock();
    const failing = lock('a', () => Promise.reject(new Error('no')));
    const next = lock('a', async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
