import type { Database } from '../../src/db/database.ts';
import type { SecondConnection } from './second-connection.ts';

const lockId = 4_711;

/**
 * Blocks every COMMIT that has changed `table` until `unblockCommits` is called. After that, runs the PL/pgSQL
 * statements `after` in the transaction.
 */
export async function blockCommits(
  db: Database,
  other: SecondConnection,
  table: string,
  after = '',
): Promise<void> {
  await other.query('SELECT pg_advisory_lock($1)', [lockId]);
  await db.query(
    `CREATE FUNCTION hold_commit() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN PERFORM pg_advisory_xact_lock_shared(${lockId}); ${after} RETURN NULL; END $$`,
  );
  await db.query(
    `CREATE CONSTRAINT TRIGGER hold_commit AFTER INSERT OR UPDATE ON ${table}
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hold_commit()`,
  );
}

/** Lets the blocked COMMITs continue. */
export const unblockCommits = (other: SecondConnection) => other.query('SELECT pg_advisory_unlock_all()');

/** Unblocks waiting COMMITs and removes the trigger. */
export async function removeCommitBlock(db: Database, other: SecondConnection): Promise<void> {
  await unblockCommits(other);
  await db.query('DROP FUNCTION IF EXISTS hold_commit() CASCADE');
}
