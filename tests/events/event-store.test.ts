import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import pg from 'pg';
import { Aggregate, defineAggregate, when, type AggregateKind } from '../../src/events/aggregate.ts';
import { runInContext } from '../../src/core/context.ts';
import { defineEvent } from '../../src/events/events.ts';
import { object } from '../../src/core/schema.ts';
import type { Database } from '../../src/db/database.ts';
import { ConcurrencyError, toDatabaseError } from '../../src/db/errors.ts';
import {
  EventStore,
  firstPosition,
  type EventPosition,
  type RecordedEvent,
} from '../../src/events/event-store.ts';
import { createDatabase } from '../../src/process/dependencies.ts';
import { testConfig, generousTimeoutMs } from '../helpers/config.ts';
import { createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

interface Count {
  readonly sum: number;
}

const added = defineEvent({ type: 'tests.added', aggregate: 'sum', schema: object({ n: Joi.number() }) });
const kind: AggregateKind<Count> = defineAggregate<Count>({
  type: 'sum',
  initial: { sum: 0 },
  folds: [when(added, ({ sum }, { n }) => ({ sum: sum + n }))],
});

class Sum extends Aggregate<Count> {
  constructor(id: string, of = kind) {
    super(of, id);
  }

  add(...numbers: readonly number[]): this {
    for (const n of numbers) this.raise(added, { n });
    return this;
  }
}

describe('the event store', () => {
  const name = databaseName('events');
  let url: string;
  let db: Database;
  let store: EventStore;
  let other: pg.Client;

  beforeAll(async () => {
    url = await createTestDatabase(name);
    db = createDatabase(testConfig({ DATABASE_URL: url }, []), [], { queryTimeoutMs: generousTimeoutMs });
    await db.connect();
    store = new EventStore(db);
    other = new pg.Client({ connectionString: url });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await db.close();
    await dropDatabase(name);
  });

  const rows = (id: string) =>
    db.query<{ version: number; data: { n: number } }>(
      `SELECT version, data FROM events WHERE aggregate_id = $1 ORDER BY version`,
      [id],
    );
  const addInTransaction = (id: string, n: number) =>
    db.transaction(async () => store.save((await store.load(new Sum(id))).add(n)));

  it('loads stored events, and version 0 without any', async () => {
    await store.save(new Sum('kept').add(1, 2));
    await store.save((await store.load(new Sum('kept'))).add(4));
    const loaded = await store.load(new Sum('kept'));
    expect([loaded.version, loaded.state, loaded.raised]).toEqual([3, { sum: 7 }, []]);
    expect((await rows('kept')).map(({ version, data }) => [version, data.n])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
    ]);
    expect((await store.load(new Sum('never'))).version).toBe(0);
  });

  it('stores the correlation id of an event', async () => {
    const context = {
      requestId: 'r1',
      userId: 'u1',
      ip: null,
      userAgent: null,
      language: null,
      isExpired: false,
    };
    await runInContext(context, () => store.save(new Sum('traced').add(1)));
    const [row] = await db.query<object>(
      `SELECT type, schema_version, metadata FROM events WHERE aggregate_id = 'traced'`,
    );
    expect(row).toEqual({
      type: 'tests.added',
      schema_version: 1,
      metadata: { requestId: 'r1', actorId: 'u1' },
    });
  });

  describe('concurrent changes', () => {
    it('rejects an outdated version', async () => {
      await store.save(new Sum('moved').add(1));
      const stale = await store.load(new Sum('moved'));
      await store.save((await store.load(new Sum('moved'))).add(2));
      await expect(store.save(stale.add(10, 20))).rejects.toThrow(ConcurrencyError);
      expect(await rows('moved')).toHaveLength(2);
    });

    it('rejects a version behind a gap', async () => {
      const ahead = new Sum('ahead');
      ahead.restore({ sum: 5 }, 5);
      await expect(store.save(ahead.add(1))).rejects.toThrow(ConcurrencyError);
      expect(await rows('ahead')).toEqual([]);
    });

    it('waits for a concurrent append and then retries', async () => {
      await store.save(new Sum('raced').add(1));
      await other.query('BEGIN');
      await other.query(
        `INSERT INTO events (transaction_id, aggregate_type, aggregate_id, version, type, schema_version, data, metadata)
         VALUES (pg_current_xact_id()::text::bigint, 'sum', 'raced', 2, 'tests.added', 1, '{"n": 10}', '{}')`,
      );
      const adding = addInTransaction('raced', 100);
      const isWaiting = async () =>
        (
          await db.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          )
        ).length > 0;
      while (!(await isWaiting()));
      await other.query('COMMIT');
      await adding;
      expect((await rows('raced')).map(({ data }) => data.n)).toEqual([1, 10, 100]);
    });

    it('stores all of many concurrent events without a gap', async () => {
      const numbers = Array.from({ length: 24 }, (_, index) => index + 1);
      let left = numbers;
      // Try again after a ConcurrencyError: with so many concurrent writers, the retries of `db.transaction` may not be
      // enough.
      while (left.length > 0) {
        const results = await Promise.allSettled(left.map((n) => addInTransaction('many', n)));
        const failed = results.flatMap((result, index) =>
          result.status === 'rejected' ? [{ n: left[index] ?? 0, reason: result.reason as unknown }] : [],
        );
        for (const { reason } of failed) expect(reason).toBeInstanceOf(ConcurrencyError);
        left = failed.map(({ n }) => n);
      }
      const stored = await rows('many');
      expect(stored.map(({ version }) => version)).toEqual(numbers);
      expect(stored.map(({ data }) => data.n).sort((a, b) => a - b)).toEqual(numbers);
    });

    it('throws a conflict after four attempts', async () => {
      let tries = 0;
      const hopeless = db.transaction(async () => {
        tries += 1;
        await store.save(new Sum('kept').add(1));
      });
      const error = await hopeless.catch((reason: unknown) => reason);
      expect(tries).toBe(4);
      expect(toDatabaseError(error)).toMatchObject({ kind: 'conflict', code: 'CONFLICT' });
    });
  });

  it.each([
    ['UPDATE', `UPDATE events SET data = '{}'`],
    ['DELETE', 'DELETE FROM events'],
    ['TRUNCATE', 'TRUNCATE events'],
  ])('rejects %s', async (operation, sql) => {
    await store.save(new Sum(`for-${operation}`).add(1));
    await expect(other.query(sql)).rejects.toThrow(`events is append-only: ${operation} is refused`);
    expect(await rows(`for-${operation}`)).toHaveLength(1);
  });

  describe('snapshots', () => {
    const withSnapshots: AggregateKind<Count> = { ...kind, snapshots: { every: 3, schemaVersion: 1 } };
    const changedForm: AggregateKind<Count> = { ...kind, snapshots: { every: 3, schemaVersion: 2 } };
    const falsify = (id: string, sum: number) =>
      db.query(`UPDATE snapshots SET state = jsonb_build_object('sum', $2::int) WHERE aggregate_id = $1`, [
        id,
        sum,
      ]);
    const sumOf = async (id: string, of: AggregateKind<Count>) => {
      const { version, state } = await store.load(new Sum(id, of));
      return [version, state.sum];
    };

    it('are stored every so many events and replace reading them', async () => {
      await store.save(new Sum('snapped', withSnapshots).add(1, 1));
      expect(await db.query(`SELECT 1 FROM snapshots WHERE aggregate_id = 'snapped'`)).toEqual([]);
      await store.save((await store.load(new Sum('snapped', withSnapshots))).add(1, 1));
      await store.save((await store.load(new Sum('snapped', withSnapshots))).add(1));
      expect(await db.query(`SELECT version, state FROM snapshots WHERE aggregate_id = 'snapped'`)).toEqual([
        { version: 4, state: { sum: 4 } },
      ]);
      expect(await sumOf('snapped', withSnapshots)).toEqual([5, 5]);
      await falsify('snapped', 100);
      expect(await sumOf('snapped', withSnapshots)).toEqual([5, 101]);
    });

    it('are ignored if their schema version differs or their event is missing', async () => {
      await store.save(new Sum('unfit', withSnapshots).add(1, 1, 1));
      await falsify('unfit', 100);
      expect(await sumOf('unfit', changedForm)).toEqual([3, 3]);
      await db.query(`UPDATE snapshots SET version = 9 WHERE aggregate_id = 'unfit'`);
      expect(await sumOf('unfit', withSnapshots)).toEqual([3, 3]);
    });
  });

  describe('readAfter', () => {
    const total = async (): Promise<number> => {
      const [row] = await db.query<{ count: number }>('SELECT count(*)::int AS count FROM events');
      return row?.count ?? 0;
    };
    // Read until all events have arrived: an open transaction in another database of the server may withhold events for
    // a while.
    const read = async (from: EventPosition, count: number, limit = 3) => {
      const events: RecordedEvent[] = [];
      while (events.length < count) events.push(...(await store.readAfter(events.at(-1) ?? from, limit)));
      return events;
    };
    const end = async () => (await read(firstPosition, await total())).at(-1) ?? firstPosition;

    it('returns every event once, in batches', async () => {
      const events = await read(firstPosition, await total());
      expect(new Set(events.map(({ globalId }) => globalId)).size).toBe(await total());
      expect(events.length).toBe(await total());
      expect(await store.readAfter(events.at(-1) ?? firstPosition, 3)).toEqual([]);
    });

    it('does not skip a transaction that began first and commits last', async () => {
      const position = await end();
      await other.query('BEGIN');
      await other.query(
        `INSERT INTO events (transaction_id, aggregate_type, aggregate_id, version, type, schema_version, data, metadata)
         VALUES (pg_current_xact_id()::text::bigint, 'sum', 'late', 1, 'tests.added', 1, '{"n": 1}', '{}')`,
      );
      await store.save(new Sum('early').add(1));
      // Expect nothing yet. "early" is committed but follows "late" in the order, so a reader that got "early" now
      // would skip "late".
      expect(await store.readAfter(position, 10)).toEqual([]);
      await other.query('COMMIT');
      expect((await read(position, 2)).map(({ aggregateId }) => aggregateId)).toEqual(['late', 'early']);
    });

    it('returns all fields of an event', async () => {
      const position = await end();
      await store.save(new Sum('told').add(1));
      expect(await read(position, 1)).toEqual([
        {
          globalId: expect.stringMatching(/^\d+$/),
          transactionId: expect.stringMatching(/^\d+$/),
          aggregateType: 'sum',
          aggregateId: 'told',
          version: 1,
          type: 'tests.added',
          schemaVersion: 1,
          data: { n: 1 },
          metadata: {},
          occurredAt: expect.any(Date),
        },
      ]);
    });
  });
});
