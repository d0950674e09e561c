import pg from 'pg';
import { setting } from './environment.ts';

/** A connection pool with as many connections as the service has. */
export const pool = new pg.Pool({
  connectionString: setting('DATABASE_URL'),
  max: Number(setting('DATABASE_POOL_MAX')),
});
// pg reports idle connections that break here. The next query opens another.
pool.on('error', () => undefined);
