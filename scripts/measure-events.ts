import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import Joi from 'joi';
import pg from 'pg';
import { uuidIds } from '../src/adapters/uuid-ids.ts';
import { createWinstonLogger } from '../src/adapters/winston-logger.ts';
import { runCommand } from '../src/cli.ts';
import { defineEvent, on } from '../src/events/events.ts';
import { object } from '../src/core/schema.ts';
import { createDataSource } from '../src/db/data-source.ts';
import { Database } from '../src/db/database.ts';
import { reapChild } from '../dev/embedded/reap.ts';
import { InboxRepository } from '../src/events/inbox.repository.ts';
import { outboxChannel, OutboxRepository } from '../src/events/outbox.repository.ts';
import { kernelEntities } from '../src/process/kernel-tables.ts';
import { readCommandLine } from '../src/utils/command-line.ts';
import { Notifications } from '../src/db/notifications.ts';
import { Relay } from '../src/events/relay.ts';
import { withDatabase } from '../dev/open-database.ts';
import { withScratchDatabase } from './lib/scratch-database.ts';

// Measures how many events a second one worker delivers, each with an effect and a note in a transaction, and how long after
// its commit an event is delivered at a rate that is well below that. Prints what it finds; judges nothing.

const measured = defineEvent({
  type: 'measure.happened',
  aggregate: 'measure',
  schema: object({ n: Joi.number() }),
});
const aggregates = 1_000;

async function openDatabase(url: string): Promise<Database> {
  const db = new Database(createDataSource({ url, poolMax: 10, entities: kernelEntities, migrations: [] }));
  await db.connect();
  return db;
}

/** The worker, in a process of its own. */
async function work(url: string): Promise<void> {
  const db = await openDatabase(url);
  const logger = createWinstonLogger({ level: 'warn', isPretty: true });
  const relay = new Relay({
    outbox: new OutboxRepository(db, uuidIds),
    inbox: new InboxRepository(db),
    ids: uuidIds,
    logger,
    definitions: [measured],
    subscriptions: [
      on(measured, 'measure.effects', async ({ id }) => {
        await db.query('INSERT INTO effects (event_id, delivered_at) VALUES ($1, clock_timestamp())', [id]);
      }),
    ],
  });
  const channels = {
    [outboxChannel]: () => {
      relay.wake();
    },
  };
  relay.start();
  await new Notifications({ url, channels, logger }).start();
  process.send?.('ready');
}

async function measure(url: string): Promise<void> {
  const db = await openDatabase(url);
  const outbox = new OutboxRepository(db, uuidIds);
  const watcher = new pg.Client({ connectionString: url });
  await watcher.connect();
  await watcher.query('CREATE TABLE effects (event_id uuid PRIMARY KEY, delivered_at timestamptz NOT NULL)');
  let n = 0;
  const publish = () => db.transaction(() => outbox.publish(measured, `a${(n += 1) % aggregates}`, { n }));
  const delivered = async (): Promise<number> =>
    Number((await watcher.query<{ count: string }>('SELECT count(*) FROM effects')).rows[0]?.count);

  const backlog = 5_000;
  for (let batch = 0; batch < backlog / 10; batch += 1)
    await Promise.all(Array.from({ length: 10 }, publish));
  const child = fork(import.meta.filename, [url], { execArgv: ['--import', 'tsx'] });
  reapChild(child);
  await once(child, 'message');
  const startedAt = performance.now();
  while ((await delivered()) < backlog) await sleep(50);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`A backlog of ${backlog} events: ${(backlog / seconds).toFixed(0)} a second\n`);

  const [rate, forSeconds] = [100, 20];
  const publishing: Promise<void>[] = [];
  const beganAt = performance.now();
  while (publishing.length < rate * forSeconds) {
    const due = ((performance.now() - beganAt) / 1_000) * rate;
    while (publishing.length < due) publishing.push(publish());
    await sleep(2);
  }
  await Promise.all(publishing);
  while ((await delivered()) < backlog + rate * forSeconds) await sleep(50);
  const { rows } = await watcher.query<{ p50: number; p95: number; p99: number; max: number }>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50, percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) AS p95,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS p99, max(ms) AS max
     FROM (SELECT extract(epoch FROM e.delivered_at - o.created_at)::float * 1000 AS ms
           FROM outbox o JOIN effects e USING (event_id) ORDER BY o.id DESC LIMIT $1) AS late`,
    [rate * forSeconds],
  );
  const [figures] = rows;
  const texts = Object.entries(figures ?? {}).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`);
  process.stdout.write(
    `At ${rate} events a second, from the beginning of the transaction to the effect: ${texts.join(', ')}\n`,
  );
  child.kill('SIGKILL');
  await watcher.end();
  await db.close();
}

const usage = `Measures how many events one worker delivers a second, and how late, on a database of its own:
  npm run measure:events
It takes no options.
`;

// The worker is a child of this script and gets the address of the database.
const isWorker = process.send !== undefined;
const [url = ''] = readCommandLine(usage, { allowPositionals: isWorker }).positionals;
if (isWorker) await work(url);
else
  await withDatabase((environment) =>
    withScratchDatabase(environment, async (url) => {
      await runCommand('db:migrate', [], { ...environment, DATABASE_URL: url });
      await measure(url);
    }),
  );
