import type { Evidence } from '../evidence.ts';
import { poisonedAggregates } from '../faults/poison.ts';
import type { Invariant } from './invariant.ts';

async function findUndelivered({ query }: Evidence): Promise<string[]> {
  const rows = await query<{ id: string; status: string; lastError: string | null }>(
    `SELECT event_id AS id, status, last_error AS "lastError" FROM outbox
     WHERE status NOT IN ('done', 'skipped') AND aggregate_id NOT LIKE $1`,
    [poisonedAggregates],
  );
  return rows.map(({ id, status, lastError }) => `event ${id} is ${status}: ${lastError ?? ''}`);
}

async function findRepeated({ query }: Evidence): Promise<string[]> {
  const rows = await query<{ id: string; consumer: string; effects: number }>(
    `SELECT o.event_id AS id, c.consumer, count(e.event_id)::int AS effects
     FROM outbox o CROSS JOIN (VALUES ('rig.first'), ('rig.second')) AS c (consumer)
       LEFT JOIN rig_effects e ON e.event_id = o.event_id AND e.consumer = c.consumer
     WHERE o.type = 'rig.happened' AND o.aggregate_id NOT LIKE $1 GROUP BY 1, 2 HAVING count(e.event_id) <> 1`,
    [poisonedAggregates],
  );
  return rows.map(({ id, consumer, effects }) => `${consumer} has handled event ${id} ${effects} times`);
}

async function findOutOfOrder({ query }: Evidence): Promise<string[]> {
  const rows = await query<{ aggregate: string; consumer: string; sequence: number; before: number }>(
    `SELECT * FROM (
       SELECT aggregate_id AS aggregate, consumer, sequence,
         lag(sequence) OVER (PARTITION BY aggregate_id, consumer ORDER BY position) AS before
       FROM rig_effects) AS effects
     WHERE before > sequence`,
  );
  return rows.map(
    ({ aggregate, consumer, sequence, before }) =>
      `${consumer} handled event ${before} of ${aggregate} before ${sequence}`,
  );
}

async function findWrongPoisonStatus({ query }: Evidence): Promise<string[]> {
  const rows = await query<{ aggregate: string; sequence: number; status: string }>(
    `SELECT aggregate_id AS aggregate, sequence, status FROM outbox WHERE aggregate_id LIKE $1
       AND status <> CASE sequence WHEN 1 THEN 'dead' ELSE 'pending' END`,
    [poisonedAggregates],
  );
  return rows.map(({ aggregate, sequence, status }) => `event ${sequence} of ${aggregate} is ${status}`);
}

export const eventsDeliveredOnceInOrder: Invariant = {
  number: '8',
  promise:
    'every event is delivered in order with one effect, and an undeliverable event blocks only its own aggregate',
  check: async (evidence) => {
    const [row] = await evidence.query<{ count: number }>('SELECT count(*)::int AS count FROM outbox');
    const faults = await Promise.all(
      [findUndelivered, findRepeated, findOutOfOrder, findWrongPoisonStatus].map((find) => find(evidence)),
    );
    return { checked: row?.count ?? 0, violations: faults.flat() };
  },
};
