import type pg from 'pg';

/** Counts the rows that PostgreSQL has read in a database. */
export interface Reads {
  readonly rows: number;
  /** Maps a table to the number of sequential scans and the rows that they read. */
  readonly scans: ReadonlyMap<string, { readonly count: number; readonly rows: number }>;
}

/**
 * Returns the counters. First ends the idle connections of the service, so that their counters are included. The
 * service then opens new connections.
 */
export async function readsOf(client: pg.Client): Promise<Reads> {
  // End the connections first: a connection reports its counters up to ten seconds late, but always when it ends.
  await client.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'strata'`,
  );
  const { rows: tables } = await client.query<{ name: string; count: number; rows: number }>(
    `SELECT relname AS name, seq_scan::float8 AS count, seq_tup_read::float8 AS rows FROM pg_stat_user_tables`,
  );
  const { rows: indexes } = await client.query<{ rows: number }>(
    `SELECT coalesce(sum(idx_tup_read), 0)::float8 AS rows FROM pg_stat_user_indexes`,
  );
  return {
    rows: tables.reduce((sum, { rows }) => sum + rows, indexes[0]?.rows ?? 0),
    scans: new Map(tables.map(({ name, count, rows }) => [name, { count, rows }])),
  };
}

/**
 * Compares two readings of the counters. Returns the tables where sequential scans read more than `rowsMax` rows
 * between them.
 */
export const tablesScanned = (before: Reads, after: Reads, rowsMax: number): string[] =>
  [...after.scans].flatMap(([name, { count, rows }]) => {
    const known = before.scans.get(name) ?? { count: 0, rows: 0 };
    return (rows - known.rows) / Math.max(1, count - known.count) > rowsMax ? [name] : [];
  });
