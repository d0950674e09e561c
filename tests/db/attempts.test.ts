import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AttemptPolicy } from '../../src/core/ports.ts';
import { AttemptRepository } from '../../src/db/attempt.repository.ts';
import { buildTestApp, type TestApp } from '../helpers/app.ts';

const policy: AttemptPolicy = { limit: 3, windowSeconds: 60, lockSeconds: [10, 20] };

describe('attempts', () => {
  let test: TestApp;
  let attempts: AttemptRepository;

  beforeAll(async () => {
    test = await buildTestApp({ modules: [] });
    attempts = new AttemptRepository(test.db);
  });
  afterAll(() => test.close());

  const charge = (subject: string, kind = 'k') => attempts.charge(subject, kind, policy);
  const age = (subject: string, seconds: number) =>
    test.db.query(
      `UPDATE attempts SET window_started_at = window_started_at - make_interval(secs => $2),
         locked_until = locked_until - make_interval(secs => $2), updated_at = updated_at - make_interval(secs => $2)
       WHERE subject = $1`,
      [subject, seconds],
    );
  /** Returns how long the lock lasts from the attempt that set it. */
  const lockOf = async (subject: string): Promise<number> => {
    const [row] = await test.db.query<{ seconds: number | null }>(
      `SELECT extract(epoch FROM locked_until - updated_at)::float AS seconds FROM attempts WHERE subject = $1`,
      [subject],
    );
    return Math.round(row?.seconds ?? 0);
  };

  it('are counted up to the limit, which locks, and then refused', async () => {
    const subject = randomUUID();
    expect([await charge(subject), await charge(subject), await charge(subject)]).toEqual([1, 2, 3]);
    expect(await lockOf(subject)).toBe(10);
    expect(await charge(subject)).toBeNull();
    expect(await charge(subject, 'another kind')).toBe(1);
    expect(await charge(randomUUID())).toBe(1);
  });

  it('get through exactly `limit` times, however many are concurrent', async () => {
    const subject = randomUUID();
    const charged = await Promise.all(Array.from({ length: 100 }, () => charge(subject)));
    expect(charged.filter((number) => number !== null).sort()).toEqual([1, 2, 3]);
  });

  it('start over after the window, after the lock and when cleared', async () => {
    const subject = randomUUID();
    await charge(subject);
    await age(subject, 61);
    expect([await charge(subject), await charge(subject), await charge(subject)]).toEqual([1, 2, 3]);
    await age(subject, 11);
    expect(await charge(subject)).toBe(1);
    await attempts.clear(subject, 'k');
    expect(await charge(subject)).toBe(1);
  });

  it('lock longer each time, up to the last duration, and start over after a day', async () => {
    const subject = randomUUID();
    const locks: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      while ((await charge(subject)) !== null);
      locks.push(await lockOf(subject));
      await age(subject, round === 2 ? 86_401 : 21);
    }
    expect(locks).toEqual([10, 20, 20, 10]);
  });

  it('are cleared for one kind or for all', async () => {
    const subject = randomUUID();
    await charge(subject, 'one');
    await charge(subject, 'two');
    await attempts.clear(subject, 'one');
    expect([await charge(subject, 'one'), await charge(subject, 'two')]).toEqual([1, 2]);
    await attempts.clear(subject);
    expect([await charge(subject, 'one'), await charge(subject, 'two')]).toEqual([1, 1]);
  });

  it('are purged after a day, in batches', async () => {
    await test.db.query('DELETE FROM attempts');
    for (let count = 0; count < 3; count += 1) await charge(`old ${count}`);
    await charge('new');
    await test.db.query(
      `UPDATE attempts SET updated_at = now() - interval '25 hours' WHERE subject LIKE 'old%'`,
    );
    expect(await attempts.purge(2)).toBe(2);
    expect(await attempts.purge(2)).toBe(1);
    expect(await test.db.query('SELECT subject FROM attempts')).toEqual([{ subject: 'new' }]);
  });

  it('lock immediately if the limit is one', async () => {
    const once = { limit: 1, windowSeconds: 60, lockSeconds: [10] };
    const subject = randomUUID();
    expect(await attempts.charge(subject, 'k', once)).toBe(1);
    expect(await attempts.charge(subject, 'k', once)).toBeNull();
    await age(subject, 11);
    expect(await attempts.charge(subject, 'k', once)).toBe(1);
    expect(await attempts.charge(subject, 'k', once)).toBeNull();
  });
});
