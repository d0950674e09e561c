import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Notifier } from '../../src/db/notifier.ts';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { createMemoryLogger, type MemoryLogger } from '../helpers/fakes.ts';
import { until } from '../helpers/until.ts';

describe('Notifier', () => {
  const name = databaseName('notifier');
  let url: string;
  let listener: pg.Client;
  let notices: string[];
  let logger: MemoryLogger;
  let notifier: Notifier;

  beforeAll(async () => {
    url = await createEmptyDatabase(name);
    listener = new pg.Client({ connectionString: url });
    await listener.connect();
    listener.on('notification', ({ channel }) => notices.push(channel));
    await listener.query('LISTEN strata_outbox; LISTEN strata_jobs');
  });
  beforeEach(() => {
    notices = [];
    logger = createMemoryLogger();
    notifier = new Notifier({ url, logger });
  });
  afterEach(() => notifier.close());
  afterAll(async () => {
    await listener.end();
    await dropDatabase(name);
  });

  /** Returns all notifications that were committed so far. The query makes sure that they have arrived. */
  const received = async () => {
    await listener.query('SELECT 1');
    return notices;
  };
  const connections = async () => {
    const { rows } = await listener.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'strata notifier'`,
    );
    return rows.map(({ pid }) => pid);
  };

  it('opens a connection at the first wake-up and closes it at the end', async () => {
    expect(await connections()).toEqual([]);
    notifier.wake('strata_outbox');
    await until('it has notified', async () => (await received()).length > 0);
    expect(await connections()).toHaveLength(1);
    await notifier.close();
    await until('it has disconnected', async () => (await connections()).length === 0);
  });

  it('sends the first wake-up of a channel and one for those that follow at once', async () => {
    for (let n = 0; n < 50; n += 1) notifier.wake('strata_outbox');
    notifier.wake('strata_jobs');
    await notifier.close();
    expect((await received()).toSorted()).toEqual(['strata_jobs', 'strata_outbox', 'strata_outbox']);
  });

  it('wakes the subscribers of its process at once', () => {
    const woken: string[] = [];
    const unsubscribe = notifier.subscribe((channel) => woken.push(channel));
    notifier.wake('strata_jobs');
    expect(woken).toEqual(['strata_jobs']);
    unsubscribe();
    notifier.wake('strata_outbox');
    expect(woken).toEqual(['strata_jobs']);
  });

  it('reconnects after its connection was lost', async () => {
    notifier.wake('strata_outbox');
    await until('it has notified', async () => (await received()).length > 0);
    const [first] = await connections();
    await listener.query('SELECT pg_terminate_backend($1, 5000)', [first]);
    await until('it has notified again', async () => {
      notifier.wake('strata_outbox');
      return (await received()).length > 1;
    });
    expect(await connections()).not.toContain(first);
  });

  it('does not throw if the server is unreachable, and waits before it connects again', async () => {
    const lost = new Notifier({ url: 'postgres://strata@127.0.0.1:1/none', logger });
    lost.wake('strata_outbox');
    lost.wake('strata_outbox');
    await lost.close();
    expect(logger.lines).toMatchObject([
      { level: 'debug', message: expect.stringContaining('NOTIFY failed') },
    ]);
  });

  it('sends nothing once it is closed', async () => {
    await notifier.close();
    notifier.wake('strata_outbox');
    await notifier.close();
    expect(await received()).toEqual([]);
  });
});
