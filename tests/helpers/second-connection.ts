import pg from 'pg';
import type { TestApp } from './app.ts';

/** A second connection to the database of a test. It can hold locks that the service has to wait for. */
export interface SecondConnection {
  query(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Resolves when at least `count` statements of the service wait for a lock. */
  untilWaiting(count: number): Promise<void>;
  /** Resolves when the service has no open transaction. */
  untilIdle(): Promise<void>;
  /** Rolls back the open transaction and disconnects. */
  close(): Promise<void>;
}

export async function openSecondConnection({ databaseUrl }: TestApp): Promise<SecondConnection> {
  const client = new pg.Client({ connectionString: databaseUrl });
  const watcher = new pg.Client({ connectionString: databaseUrl });
  await Promise.all([client.connect(), watcher.connect()]);

  const until = async (condition: string, parameters: unknown[] = []): Promise<void> => {
    const sql = `SELECT ${condition} AS met FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'strata'`;
    let isMet = false;
    while (!isMet) isMet = (await watcher.query<{ met: boolean }>(sql, parameters)).rows[0]?.met === true;
  };

  return {
    query: async (sql, parameters = []) =>
      (await client.query<Record<string, unknown>>(sql, parameters)).rows,
    untilWaiting: (count) => until(`count(*) FILTER (WHERE wait_event_type = 'Lock') >= $1`, [count]),
    untilIdle: () => until(`count(*) FILTER (WHERE state <> 'idle') = 0`),
    close: async () => {
      await Promise.all([client.end(), watcher.end()]);
    },
  };
}
