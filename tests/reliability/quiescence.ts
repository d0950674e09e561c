import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { allWell } from '../../dev/sandbox/switches.ts';
import type { Stand } from './stand/stand.ts';

const withinMs = 60_000;
const pollMs = 500;
// Less often than the provider's circuit breaker needs to close again.
const hastenMs = 6_000;

/** Whether the service has come to rest, how long that took, and what still moved when the time was up. */
export interface Quiescence {
  readonly isQuiet: boolean;
  readonly tookMs: number;
  readonly left: readonly string[];
}

// What waits behind a dead event of its aggregate is where it has to be.
const restless: Readonly<Record<string, string>> = {
  leases: `SELECT count(*)::int AS count FROM outbox WHERE status = 'leased'`,
  'waiting events': `SELECT count(*)::int AS count FROM outbox o WHERE status = 'pending' AND NOT EXISTS (
    SELECT 1 FROM outbox p WHERE p.aggregate_type = o.aggregate_type AND p.aggregate_id = o.aggregate_id
      AND p.sequence < o.sequence AND p.status = 'dead')`,
  'running jobs': `SELECT count(*)::int AS count FROM jobs WHERE status = 'running'`,
  'waiting jobs': `SELECT count(*)::int AS count FROM jobs WHERE status = 'waiting'`,
  'idle transactions': `SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  'locks waited for': `SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted`,
  'advisory locks': `SELECT count(*)::int AS count FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
};

/** Ends every fault. */
export async function healAll(stand: Stand): Promise<void> {
  for (const process of stand.processes) process.resume();
  await Promise.all(stand.links.map((link) => link.heal()));
  await Promise.all(stand.processes.map((process) => process.becomeReady()));
  await stand.provider.turn(allWell);
}

/** Waits until nothing moves any more, for a minute at the most. */
export async function becomeQuiet({ database }: Stand): Promise<Quiescence> {
  const started = performance.now();
  let hastenedMs = -Infinity;
  for (;;) {
    const left = await whatMoves(database);
    const tookMs = Math.round(performance.now() - started);
    if (left.length === 0 || tookMs > withinMs) return { isQuiet: left.length === 0, tookMs, left };
    if (tookMs - hastenedMs > hastenMs) {
      await hasten(database);
      hastenedMs = tookMs;
    }
    await sleep(pollMs);
  }
}

/** Brings forward what waits for its next try: it may be put off for a quarter of an hour. */
async function hasten(database: pg.Pool): Promise<void> {
  await database.query(
    `UPDATE outbox SET available_at = now() WHERE status = 'pending' AND available_at > now()`,
  );
  await database.query(
    `UPDATE jobs SET available_at = now() WHERE status = 'waiting' AND available_at > now()`,
  );
}

async function whatMoves(database: pg.Pool): Promise<string[]> {
  const left: string[] = [];
  for (const [name, sql] of Object.entries(restless)) {
    const { rows } = await database.query<{ count: number }>(sql);
    const count = rows[0]?.count ?? 0;
    if (count > 0) left.push(`${count} ${name}`);
  }
  return left;
}
