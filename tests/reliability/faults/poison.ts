import type pg from 'pg';
import { noRevert, type Fault } from './fault.ts';

/**
 * LIKE pattern for the ids of aggregates whose first event no consumer can handle, so that it ends in the status
 * `dead`. It blocks their second event, which must not be delivered.
 */
export const poisonedAggregates = 'poison-%';

let count = 0;

/**
 * Inserts an event into the outbox that no consumer can handle, and a valid event after it. Returns their aggregate.
 */
async function insert(database: pg.Pool, type: string, payload: object, attempts: number): Promise<string> {
  count += 1;
  const aggregate = `poison-${count}`;
  await database.query(
    `WITH counted AS (INSERT INTO outbox_sequences (aggregate_type, aggregate_id, last) VALUES ('rig', $1, 2))
     INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers, attempts)
     VALUES (gen_random_uuid(), 'rig', $1, 1, $2, 1, $3, '{}', $4),
       (gen_random_uuid(), 'rig', $1, 2, 'rig.happened', 1, '{"behavior":"calm"}', '{}', 0)`,
    [aggregate, type, payload, attempts],
  );
  return aggregate;
}

const poison = (kind: string, type: string, payload: object, attempts = 0): Fault => ({
  kind,
  seconds: [0, 0],
  inject: async ({ database }) => ({
    target: await insert(database, type, payload, attempts),
    end: noRevert,
  }),
});

/**
 * Events that no consumer can handle. Those that are retried start with most of their attempts used, because all
 * retries would take hours.
 */
export const poisonFaults: readonly Fault[] = [
  poison('poison.throwing', 'rig.happened', { behavior: 'throws' }, 8),
  poison('poison.unknown-type', 'rig.unheard-of', {}),
  poison('poison.killing', 'rig.happened', { behavior: 'kills' }, 11),
  poison('poison.endless', 'rig.happened', { behavior: 'hangs' }, 11),
];
