import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { on } from '../../src/events/events.ts';
import { JobRepository } from '../../src/jobs/job.repository.ts';
import { readLag } from '../../src/process/lag.ts';
import { LagWatch } from '../../src/process/lag-watch.ts';
import { until } from '../helpers/until.ts';
import { counted, openRelayBench, type RelayBench } from './relays.ts';

describe('Lag', () => {
  let bench: RelayBench;
  let isFailing = true;

  beforeAll(async () => {
    bench = await openRelayBench();
  });
  afterAll(() => bench.close());

  const quick = on(counted, 'tests.quick', async () => undefined);
  const failing = on(counted, 'tests.failing', async () => {
    if (isFailing) throw new Error('not now');
  });
  const lag = () =>
    readLag({
      db: bench.db,
      outbox: bench.outbox,
      jobs: new JobRepository(bench.db, uuidIds, { wake: () => undefined }),
      subscriptions: [quick, failing],
    });
  const watch = () => new LagWatch({ lag, logger: bench.logger });

  it('is zero and not logged if nothing waits', async () => {
    expect(await lag()).toEqual({
      events: { depth: 0, oldestSeconds: 0, dead: 0, redelivered: 0 },
      jobs: [],
      consumers: { 'tests.quick': 0, 'tests.failing': 0 },
    });
    await watch().check();
    expect(bench.logger.lines).toEqual([]);
  });

  it('counts only consumers that have not processed the event', async () => {
    await bench.publish('late', 1);
    await bench.db.query(`UPDATE outbox SET created_at = now() - interval '90 seconds'`);
    bench.startRelay([quick, failing]);
    await until('it has failed', async () => (await bench.rows('late'))[0]?.lastError !== null);
    const { events, consumers } = await lag();
    expect(events).toMatchObject({ depth: 1, dead: 0 });
    expect(events.oldestSeconds).toBeGreaterThan(89);
    expect(consumers['tests.quick']).toBe(0);
    expect(consumers['tests.failing']).toBeGreaterThan(89);
  });

  it('is logged once it exceeds a minute', async () => {
    await watch().check();
    expect(bench.logger.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        fields: expect.objectContaining({ event: 'background.lag' }),
      }),
    );
  });

  it('is zero again once everything is processed', async () => {
    isFailing = false;
    await bench.makeAllDue();
    await bench.untilStatuses('late', 'done');
    expect((await lag()).consumers).toEqual({ 'tests.quick': 0, 'tests.failing': 0 });
  });
});
