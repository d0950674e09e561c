import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { InboxRepository } from '../../src/events/inbox.repository.ts';
import { currentContext, type WorkContext } from '../../src/core/context.ts';
import { on, type DeliveredEvent } from '../../src/events/events.ts';
import { until } from '../helpers/until.ts';
import { counted, openRelayBench, type RelayBench } from './relays.ts';

interface Count {
  readonly n: number;
}

describe('Relay', () => {
  let bench: RelayBench;
  let id: string;
  let serial = 0;

  beforeAll(async () => {
    bench = await openRelayBench();
    await bench.db.query(
      'CREATE TABLE effects (consumer text, aggregate_id text, n integer, place bigserial)',
    );
  });
  beforeEach(() => {
    serial += 1;
    id = `counter-${serial}`;
  });
  afterEach(async () => {
    await bench.stopRelays();
    await bench.db.query('DELETE FROM outbox');
  });
  afterAll(() => bench.close());

  /** Subscribes a consumer. It stores what it receives in the transaction of the delivery. */
  const storing = (consumer: string, before: (event: DeliveredEvent<Count>) => unknown = () => undefined) =>
    on(counted, consumer, async (event) => {
      await before(event);
      await bench.db.query('INSERT INTO effects (consumer, aggregate_id, n) VALUES ($1, $2, $3)', [
        consumer,
        event.aggregateId,
        event.payload.n,
      ]);
    });

  const effects = async (consumer: string) => {
    const rows = await bench.db.query<{ n: number }>(
      'SELECT n FROM effects WHERE consumer = $1 AND aggregate_id = $2 ORDER BY place',
      [consumer, id],
    );
    return rows.map(({ n }) => n);
  };

  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

  /** Claims an event and never completes it, as a process does that crashes directly afterwards. */
  const abandon = async (token = '0190b8d2-0000-7000-8000-00000000dead') => {
    const [event] = await bench.outbox.claim(1, token, 0);
    return event;
  };

  it('delivers each event to every consumer, in order per aggregate, with several relays', async () => {
    const others = numbers(5).map((n) => `${id}-${n}`);
    for (const n of numbers(10)) for (const aggregate of [id, ...others]) await bench.publish(aggregate, n);
    const subscriptions = [storing('tests.a'), storing('tests.b')];
    for (let count = 0; count < 3; count += 1) bench.startRelay(subscriptions);
    await bench.untilStatuses(id, ...numbers(10).map(() => 'done'));
    expect(await effects('tests.a')).toEqual(numbers(10));
    expect(await effects('tests.b')).toEqual(numbers(10));
  });

  it('delivers the payload in the context of the publisher', async () => {
    const heard: { event: DeliveredEvent<Count>; context: WorkContext | undefined }[] = [];
    bench.startRelay([
      on(counted, 'tests.context', async (event) => {
        heard.push({ event, context: currentContext() });
      }),
    ]);
    await bench.publish(id, 7);
    await bench.untilStatuses(id, 'done');
    const [{ event, context } = { event: undefined, context: undefined }] = heard;
    expect(event).toMatchObject({ type: 'tests.counted', aggregateId: id, sequence: 1, payload: { n: 7 } });
    expect(event?.occurredAt).toBeInstanceOf(Date);
    expect(context).toMatchObject({ requestId: event?.id, ip: null });
  });

  it('retries a failed event for the consumers that lack it and holds back later ones', async () => {
    let failures = 2;
    const failing = storing('tests.failing', () => {
      failures -= 1;
      if (failures >= 0) throw new Error('not now');
    });
    await bench.publish(id, 1, 2);
    for (const attempts of [1, 2]) {
      // Run the relay for one attempt only. Otherwise it might start the next attempt, after a random delay, before the
      // test reads the row.
      bench.startRelay([storing('tests.first'), failing], { pollMs: 600_000 });
      await until(`attempt ${attempts} has failed`, async () => {
        const [first] = await bench.rows(id);
        return first?.status === 'pending' && first.attempts === attempts;
      });
      await bench.stopRelays();
      expect(await effects('tests.first')).toEqual([1]);
      expect((await bench.rows(id))[0]?.lastError).toBe('Error: not now');
      await bench.makeAllDue();
    }
    bench.startRelay([storing('tests.first'), failing]);
    await bench.untilStatuses(id, 'done', 'done');
    expect(await effects('tests.first')).toEqual([1, 2]);
    expect(await effects('tests.failing')).toEqual([1, 2]);
  });

  it('rolls back the effect and the inbox record of a failed consumer', async () => {
    let isFirst = true;
    bench.startRelay([
      on(counted, 'tests.halfway', async ({ aggregateId, payload }) => {
        await bench.db.query('INSERT INTO effects (consumer, aggregate_id, n) VALUES ($1, $2, $3)', [
          'tests.halfway',
          aggregateId,
          payload.n,
        ]);
        if (isFirst) {
          isFirst = false;
          throw new Error('after the effect');
        }
      }),
    ]);
    await bench.publish(id, 1);
    await until('it has failed once', async () => (await bench.rows(id))[0]?.lastError !== null);
    expect(await effects('tests.halfway')).toEqual([]);
    await bench.makeAllDue();
    await bench.untilStatuses(id, 'done');
    expect(await effects('tests.halfway')).toEqual([1]);
  });

  it('marks an event as dead after maxAttempts, logs it and blocks only its aggregate', async () => {
    bench.startRelay(
      [
        storing('tests.poisoned', ({ aggregateId }) => {
          if (aggregateId === id) throw new Error('poison');
        }),
      ],
      { maxAttempts: 2 },
    );
    await bench.publish(id, 1, 2);
    await bench.publish(`${id}-other`, 1);
    await until('it has failed once', async () => (await bench.rows(id))[0]?.attempts === 1);
    await bench.makeAllDue();
    await bench.untilStatuses(id, 'dead', 'pending');
    await bench.untilStatuses(`${id}-other`, 'done');
    expect(bench.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('An event is dead') }),
    );
    expect(await bench.outbox.figures()).toMatchObject({ depth: 1, dead: 1 });
  });

  it('marks an event of an unknown type or newer version as dead immediately', async () => {
    await bench.publish(id, 1);
    await bench.db.query(`UPDATE outbox SET type = 'tests.unheard-of' WHERE aggregate_id = $1`, [id]);
    await bench.publish(`${id}-newer`, 1);
    await bench.db.query(`UPDATE outbox SET schema_version = 2 WHERE aggregate_id = $1`, [`${id}-newer`]);
    bench.startRelay([storing('tests.any')]);
    await bench.untilStatuses(id, 'dead');
    await bench.untilStatuses(`${id}-newer`, 'dead');
    expect((await bench.rows(id))[0]?.lastError).toContain('No module declares the event "tests.unheard-of"');
  });

  it('settles an event without subscribers', async () => {
    await bench.publish(id, 1);
    bench.startRelay([]);
    await bench.untilStatuses(id, 'done');
  });

  it('ends a slow delivery and commits nothing more of it', async () => {
    let finish: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let ended = false;
    const slow = storing('tests.slow', () => stuck);
    bench.startRelay(
      [
        {
          ...slow,
          handle: (event) =>
            slow.handle(event).finally(() => {
              ended = true;
            }),
        },
      ],
      { deliveryMs: 50 },
    );
    await bench.publish(id, 1);
    await until('it is given up', async () => (await bench.rows(id))[0]?.lastError !== null);
    expect((await bench.rows(id))[0]?.lastError).toContain('Delivery timed out after 50 ms');
    await bench.stopRelays();
    finish();
    await until('the consumer has ended', () => ended);
    await until('nothing is open', async () => {
      const open = await bench.db.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`,
      );
      return open.length === 0;
    });
    expect(await effects('tests.slow')).toEqual([]);
  });

  it('delivers an event whose holder crashed', async () => {
    await bench.publish(id, 1, 2);
    expect((await abandon())?.attempts).toBe(1);
    bench.startRelay([storing('tests.orphans')]);
    await bench.untilStatuses(id, 'done', 'done');
    expect(await effects('tests.orphans')).toEqual([1, 2]);
    expect((await bench.rows(id)).map(({ attempts }) => attempts)).toEqual([2, 1]);
  });

  it('delivers an abandoned event even under constant load', async () => {
    await bench.publish(id, 1);
    await abandon();
    for (const n of numbers(150)) await bench.publish(`${id}-busy-${n}`, n);
    bench.startRelay([storing('tests.busy', () => sleep(20))], { slots: 2, leaseSeconds: 0.3 });
    await bench.untilStatuses(id, 'done');
    expect((await bench.outbox.figures()).depth).toBeGreaterThan(20);
  });

  it('delivers other events while a repeatedly abandoned one never ends', async () => {
    const endless = on(counted, 'tests.endless', (event) =>
      event.aggregateId === id ? new Promise<void>(() => undefined) : Promise.resolve(),
    );
    await bench.publish(id, 1);
    await abandon();
    await bench.db.query('UPDATE outbox SET attempts = 5 WHERE aggregate_id = $1', [id]);
    bench.startRelay([endless], { deliveryMs: 600_000 });
    await until('the endless one is under way', async () => (await bench.rows(id))[0]?.attempts === 6);
    const others = numbers(20).map((n) => `${id}-beside-${n}`);
    for (const other of others) await bench.publish(other, 1);
    for (const other of others) await bench.untilStatuses(other, 'done');
    expect(await bench.rows(id)).toMatchObject([{ status: 'leased', attempts: 6 }]);
  });

  it('claims all abandoned events promptly even under constant load', async () => {
    const orphans = numbers(10).map((n) => `${id}-orphan-${n}`);
    for (const orphan of orphans) await bench.publish(orphan, 1);
    await bench.outbox.claim(10, '0190b8d2-0000-7000-8000-00000000dead', 0);
    for (const n of numbers(400)) await bench.publish(`${id}-busy-${n}`, n);
    bench.startRelay([storing('tests.orphanage', () => sleep(20))], { slots: 4, leaseSeconds: 2 });
    for (const orphan of orphans) await bench.untilStatuses(orphan, 'done');
    expect((await bench.outbox.figures()).depth).toBeGreaterThan(20);
  });

  it('marks a poison message as dead without affecting others', async () => {
    await bench.publish(id, 1);
    await bench.publish(`${id}-neighbor`, 1);
    // Claim both events as one process that crashes.
    await bench.outbox.claim(2, '0190b8d2-0000-7000-8000-00000000dead', 0);
    let beside = 0;
    let inHand = 0;
    const watching = storing('tests.killed', async () => {
      inHand += 1;
      beside = Math.max(beside, inHand);
      await sleep(20);
      inHand -= 1;
    });
    await bench.db.query('UPDATE outbox SET attempts = 2 WHERE aggregate_id = $1', [id]);
    bench.startRelay([watching], { maxAttempts: 2 });
    await bench.untilStatuses(id, 'dead');
    await bench.untilStatuses(`${id}-neighbor`, 'done');
    expect(await effects('tests.killed')).toEqual([]);
    expect(beside).toBe(1);
  });

  it('prevents a process that lost its lease from storing an outcome', async () => {
    await bench.publish(id, 1);
    const token = '0190b8d2-0000-7000-8000-00000000dead';
    const zombie = await abandon(token);
    bench.startRelay([storing('tests.fenced')]);
    await bench.untilStatuses(id, 'done');
    const [before] = await bench.rows(id);
    for (const act of [
      () => bench.outbox.settle(zombie?.id ?? '', token),
      () => bench.outbox.scheduleRetry(zombie?.id ?? '', token, 'late'),
      () => bench.outbox.deadLetter(zombie?.id ?? '', token, 'late'),
    ])
      expect(await act()).toBe(false);
    await bench.outbox.release([zombie?.id ?? ''], token);
    expect((await bench.rows(id))[0]).toEqual(before);
  });

  it('renews the lease during a long delivery', async () => {
    let deliveries = 0;
    let finish: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const slow = storing('tests.renewed', () => {
      deliveries += 1;
      return stuck;
    });
    const leaseEnd = async () => {
      const [row] = await bench.db.query<{ until: Date | null }>(
        'SELECT lease_until AS until FROM outbox WHERE aggregate_id = $1',
        [id],
      );
      return row?.until?.getTime() ?? 0;
    };
    // Use a lease of nine seconds: it is renewed every three seconds, so even a slow machine has six seconds left.
    bench.startRelay([slow], { leaseSeconds: 9, deliveryMs: 600_000 });
    bench.startRelay([slow], { leaseSeconds: 9, deliveryMs: 600_000 });
    await bench.publish(id, 1);
    await until('it is being delivered', () => deliveries > 0);
    const first = await leaseEnd();
    await until('its lease has been renewed', async () => (await leaseEnd()) > first);
    finish();
    await bench.untilStatuses(id, 'done');
    expect(deliveries).toBe(1);
  });

  it('releases unfinished events when it stops, without counting the attempt', async () => {
    let finish: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let isTaken = false;
    bench.startRelay(
      [
        storing('tests.stopped', () => {
          isTaken = true;
          return stuck;
        }),
      ],
      { stopMs: 20 },
    );
    await bench.publish(id, 1);
    await until('it is being delivered', () => isTaken);
    await bench.stopRelays();
    expect((await bench.rows(id))[0]).toMatchObject({ status: 'pending', attempts: 0 });
    finish();
  });

  it('has one effect if two processes deliver an event concurrently', async () => {
    const inbox = new InboxRepository(bench.db);
    const eventId = uuidIds.next();
    const effect = () =>
      inbox.once('tests.twice', eventId, async () => {
        await bench.db.query('INSERT INTO effects (consumer, aggregate_id, n) VALUES ($1, $2, $3)', [
          'tests.twice',
          id,
          1,
        ]);
      });
    await Promise.all([effect(), effect(), effect()]);
    expect(await effects('tests.twice')).toEqual([1]);
  });
});
