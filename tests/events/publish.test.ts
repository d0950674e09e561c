import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import { runInContext } from '../../src/core/context.ts';
import { defineEvent } from '../../src/events/events.ts';
import { object } from '../../src/core/schema.ts';
import { counted, openRelayBench, type RelayBench } from './relays.ts';

describe('events.publish', () => {
  let bench: RelayBench;

  beforeAll(async () => {
    bench = await openRelayBench();
  });
  afterAll(() => bench.close());

  it('throws an actionable error outside a transaction', async () => {
    await expect(bench.outbox.publish(counted, 'outside', { n: 1 })).rejects.toThrow('inside db.transaction');
    expect(await bench.rows('outside')).toEqual([]);
  });

  it('stores the event and the change atomically', async () => {
    const { db, outbox } = bench;
    const failed = db.transaction(async () => {
      await outbox.publish(counted, 'undone', { n: 1 });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await bench.rows('undone')).toEqual([]);
  });

  it('numbers the events of each aggregate from 1 without gaps, even several of one transaction', async () => {
    const { db, outbox } = bench;
    await db.transaction(async () => {
      await outbox.publish(counted, 'numbered', { n: 1 });
      await outbox.publish(counted, 'numbered', { n: 2 });
      await outbox.publish(counted, 'other', { n: 1 });
    });
    await db
      .transaction(async () => {
        await outbox.publish(counted, 'numbered', { n: 0 });
        throw new Error('no');
      })
      .catch(() => undefined);
    await Promise.all(Array.from({ length: 10 }, (_, n) => bench.publish('numbered', n)));
    const numbers = await db.query<{ id: string; sequence: number }>(
      `SELECT aggregate_id AS id, sequence FROM outbox WHERE aggregate_id IN ('numbered', 'other') ORDER BY 1, 2`,
    );
    expect(numbers.filter(({ id }) => id === 'other')).toEqual([{ id: 'other', sequence: 1 }]);
    expect(numbers.filter(({ id }) => id === 'numbered').map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });

  it('stores the correlation id and the actor', async () => {
    const context = {
      requestId: 'r1',
      traceId: 't1',
      userId: 'u1',
      ip: null,
      userAgent: null,
      language: null,
      isExpired: false,
    };
    await runInContext(context, () => bench.publish('traced', 1));
    const [row] = await bench.db.query<{ headers: object }>(
      `SELECT headers FROM outbox WHERE aggregate_id = 'traced'`,
    );
    expect(row?.headers).toEqual({ requestId: 'r1', traceId: 't1', actorId: 'u1' });
  });

  it('throws for a payload that does not match the schema or is too long', async () => {
    const noted = defineEvent({
      type: 'tests.noted',
      aggregate: 'note',
      schema: object({ text: Joi.string() }),
    });
    const { db, outbox } = bench;
    const publish = (payload: object) =>
      db.transaction(() => outbox.publish(noted, 'bad', payload as { text: string }));
    await expect(publish({ text: 1 })).rejects.toThrow(
      '"tests.noted" does not match its schema: "text" must be a string',
    );
    await expect(publish({ text: 'ä'.repeat(140_000) })).rejects.toThrow('exceeds 256 kB');
    expect(await bench.rows('bad')).toEqual([]);
  });

  it('wakes the workers after the commit and not before', async () => {
    const before = bench.woken.length;
    await bench.db.transaction(async () => {
      await bench.outbox.publish(counted, 'heard', { n: 1 });
      expect(bench.woken).toHaveLength(before);
    });
    expect(bench.woken.slice(before)).toEqual(['strata_outbox']);
  });

  it('wakes nobody after a rollback or without an event', async () => {
    const before = bench.woken.length;
    const failed = bench.db.transaction(async () => {
      await bench.outbox.publish(counted, 'unheard', { n: 1 });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await bench.db.transaction(() => bench.rows('unheard'));
    expect(bench.woken).toHaveLength(before);
  });

  it.each(['redrive', 'skip'] as const)(
    'wakes the workers after %s, if there was such an event',
    async (act) => {
      await bench.publish(act, 1);
      const [event] = await bench.db.query<{ id: string }>(
        `UPDATE outbox SET status = 'dead' WHERE aggregate_id = $1 RETURNING event_id AS id`,
        [act],
      );
      const before = bench.woken.length;
      expect(await bench.outbox[act](event?.id ?? '')).toBe(true);
      expect(await bench.outbox[act](event?.id ?? '')).toBe(false);
      expect(bench.woken.slice(before)).toEqual(['strata_outbox']);
    },
  );
});

describe('defineEvent', () => {
  const schema = object({ name: Joi.string() });

  it('upcasts payloads of older versions', () => {
    const renamed = defineEvent({
      type: 'tests.renamed',
      aggregate: 'thing',
      version: 3,
      schema,
      upcasters: {
        1: (name: string) => ({ title: name }),
        2: ({ title }: { title: string }) => ({ name: title }),
      },
    });
    expect(renamed.read('a', 1)).toEqual({ name: 'a' });
    expect(renamed.read({ title: 'b' }, 2)).toEqual({ name: 'b' });
    expect(renamed.read({ name: 'c' }, 3)).toEqual({ name: 'c' });
    expect(() => renamed.read({ name: 'd' }, 4)).toThrow('newer than this process');
  });

  it('requires an upcaster from every earlier version', () => {
    expect(() => defineEvent({ type: 'tests.gap', aggregate: 'thing', version: 2, schema })).toThrow(
      'no upcaster from version 1',
    );
  });
});
