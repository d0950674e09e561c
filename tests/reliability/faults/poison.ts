import type pg from 'pg';
import { nothingToEnd, type Fault } from './fault.ts';

/** The aggregates whose first event can only die, so that what follows on it must wait. */
export const poisonedAggregates = 'poison-%';

let count = 0;

/** Puts an event that nobody can deal with into the outbox, and a sound one behind it. */
async function insert(database: pg.Pool, type: string, payload: object, attempts: number): Promise<string> {
  count += 1;
  const aggregate = `poison-${count}`;
  await database.query(
    `WITH counted AS (INSERT INTO outbox_sequences (aggregate_type, aggregate_id, last) VALUES ('rig', $1, 2))
     INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers, attempts)
     VALUES (gen_random_uuid(), 'rig', $1, 1, $2, 1, $3, '{}', $4),
       (gen_random_uuid(), 'rig', $1, 2, 'rig.happened', 1, '{"temper":"calm"}', '{}', 0)`,
    [aggregate, type, payload, attempts],
  );
  return aggregate;
}

const poison = (kind: string, type: string, payload: object, attempts = 0): Fault => ({
  kind,
  seconds: [0, 0],
  inflict: async ({ database }) => ({
    target: await insert(database, type, payload, attempts),
    end: nothingToEnd,
  }),
});

/** Events that no consumer can deal with. Most of their attempts are behind them, or they would take hours to die. */
export const poisonFaults: readonly Fault[] = [
  poison('poison.throwing', 'rig.happened', { temper: 'throws' }, 8),
  poison('poison.unknown-type', 'rig.unheard-of', {}),
  poison('poison.killing', 'rig.happened', { temper: 'kills' }, 11),
  poison('poison.endless', 'rig.happened', { temper: 'hangs' }, 11),
];
