import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { reapChild } from '../../dev/embedded/reap.ts';
import { uuidIds } from '../../src/adapters/uuid-ids.ts';
import { createWinstonLogger } from '../../src/adapters/winston-logger.ts';
import { Notifier } from '../../src/db/notifier.ts';
import { OutboxRepository } from '../../src/events/outbox.repository.ts';
import { measured, openDatabase } from './measured-event.ts';

const aggregates = 1_000;

/** Measures and prints two figures: the throughput with a backlog of events, and the latency at a constant rate. */
export async function measureEvents(url: string): Promise<void> {
  const db = await openDatabase(url);
  const logger = createWinstonLogger({ level: 'warn', isPretty: true });
  const notifier = new Notifier({ url, logger });
  const outbox = new OutboxRepository(db, uuidIds, notifier);
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
  const child = fork(join(import.meta.dirname, 'event-worker.ts'), [url], { execArgv: ['--import', 'tsx'] });
  reapChild(child);
  await once(child, 'message');
  const startedAt = performance.now();
  while ((await delivered()) < backlog) await sleep(50);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`Backlog of ${backlog} events: ${(backlog / seconds).toFixed(0)} events/s\n`);

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
    `At ${rate} events/s, latency from the start of the transaction to the effect: ${texts.join(', ')}\n`,
  );
  child.kill('SIGKILL');
  await watcher.end();
  await notifier.close();
  await db.close();
}
