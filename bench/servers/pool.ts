import pg from 'pg';
import { setting } from './environment.ts';

/** As many connections as the service has. */
export const pool = new pg.Pool({
  connectionString: setting('DATABASE_URL'),
  max: Number(setting('DATABASE_POOL_MAX')),
});
// A connection that broke while it was idle: the next query opens another.
pool.on('error', () => undefined);
