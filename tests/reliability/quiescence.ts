import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { noFaults } from '../../dev/sandbox/switches.ts';
import type { TestEnvironment } from './environment/environment.ts';

const withinMs = 60_000;
const pollMs = 500;
// How often waiting work becomes due, in ms. Longer than the circuit breaker of the payment provider stays open.
const makeDueEveryMs = 6_000;

/** Whether the service became quiet, how long that took, and what it was still doing at the timeout. */
export interface Quiescence {
  readonly isQuiet: boolean;
  readonly tookMs: number;
  readonly left: readonly string[];
}

// Each query counts one kind of activity. Events after a dead event of their aggregate do not count, because they must
// wait.
const activityQueries: Readonly<Record<string, string>> = {
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

/** Ends every fault and waits until all processes are ready. */
export async function healAll(environment: TestEnvironment): Promise<void> {
  for (const process of environment.processes) process.resume();
  await Promise.all(environment.links.map((link) => link.heal()));
  await Promise.all(environment.processes.map((process) => process.becomeReady()));
  await environment.provider.setSwitches(noFaults);
}

/** Waits until the service no longer works on anything, for at most one minute. */
export async function waitUntilQuiet({ database }: TestEnvironment): Promise<Quiescence> {
  const started = performance.now();
  let hastenedMs = -Infinity;
  for (;;) {
    const left = await findActivity(database);
    const tookMs = Math.round(performance.now() - started);
    if (left.length === 0 || tookMs > withinMs) return { isQuiet: left.length === 0, tookMs, left };
    if (tookMs - hastenedMs > makeDueEveryMs) {
      await makeAllDue(database);
      hastenedMs = tookMs;
    }
    await sleep(pollMs);
  }
}

/** Makes waiting events and jobs due now, because the delay before a retry may be 15 minutes. */
async function makeAllDue(database: pg.Pool): Promise<void> {
  await database.query(
    `UPDATE outbox SET available_at = now() WHERE status = 'pending' AND available_at > now()`,
  );
  await database.query(
    `UPDATE jobs SET available_at = now() WHERE status = 'waiting' AND available_at > now()`,
  );
}

async function findActivity(database: pg.Pool): Promise<string[]> {
  const left: string[] = [];
  for (const [name, sql] of Object.entries(activityQueries)) {
    const { rows } = await database.query<{ count: number }>(sql);
    const count = rows[0]?.count ?? 0;
    if (count > 0) left.push(`${count} ${name}`);
  }
  return left;
}
