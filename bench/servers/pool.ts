import pg from 'pg';
import { setting } from './environment.ts';

/** A connection pool with as many connections as the service has. */
export const pool = new pg.Pool({
  connectionString: setting('DATABASE_URL'),
  max: Number(setting('DATABASE_POOL_MAX')),
});
// Ignore the error of an idle connection that breaks. The next query opens another connection.
pool.on('error', () => undefined);
