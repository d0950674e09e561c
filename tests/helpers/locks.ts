import pg from 'pg';
import type supertest from 'supertest';
import type { TestApp } from './app.ts';

async function countWaiting({ db }: TestApp): Promise<number> {
  const rows = await db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
}

/**
 * Sends requests while another connection holds the locks that `lockSql` takes. Releases the locks as soon as every
 * request waits for a lock, so that the requests always race from the same point.
 */
export async function sendWhileLocked(
  test: TestApp,
  lockSql: string,
  requests: readonly supertest.Test[],
): Promise<supertest.Response[]> {
  const holder = new pg.Client({ connectionString: test.databaseUrl });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query(lockSql);
    let answered = 0;
    const responses = Promise.all(
      requests.map(async (request) => {
        const response = await request;
        answered += 1;
        return response;
      }),
    );
    // Count on another connection: within the transaction of `holder`, pg_stat_activity would not change.
    while (answered === 0 && (await countWaiting(test)) < requests.length);
    await holder.query('COMMIT');
    return await responses;
  } finally {
    await holder.end();
  }
}
