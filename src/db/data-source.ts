import { DataSource, type DataSourceOptions } from 'typeorm';
import pg from 'pg';
import { connectionOf } from './connection.ts';
import { WatchedPool, type SlowQuerySettings } from './pool.ts';

export type EntityClass = abstract new (...args: never[]) => object;
export type MigrationClass = new () => object;

interface DataSourceSettings {
  readonly url: string;
  readonly poolMax: number;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
  /** How long a query, or the wait for a connection, may take: 2 s unless given. */
  readonly queryTimeoutMs?: number | undefined;
  /** Without it no query is too slow. */
  readonly slow?: SlowQuerySettings | undefined;
}

const defaultQueryTimeoutMs = 2_000;
// Less than a query may take, or the server's answer that a lock was not to be had would come too late to try again.
const lockShare = 0.75;
// How many queries may take their time while a transaction is idle.
const idleShare = 5;

// A `date` comes as text: as a moment of the local time zone, a day that a zone has skipped would become another.
const dayAsText = new pg.TypeOverrides();
dayAsText.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Makes the connection settings of one process; connects only when it is initialized. */
export function createDataSource({
  url,
  poolMax,
  entities,
  migrations,
  queryTimeoutMs = defaultQueryTimeoutMs,
  slow,
}: DataSourceSettings): DataSource {
  const connection = connectionOf(url);
  const options: DataSourceOptions = {
    type: 'postgres',
    driver: { ...pg, Pool: WatchedPool },
    host: connection.host,
    port: connection.port,
    username: connection.user,
    ...(connection.password !== undefined && { password: connection.password }),
    database: connection.database,
    applicationName: connection.application_name ?? 'strata',
    entities: [...entities],
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    installExtensions: false,
    // The pool reports connections that broke while idle; the next query opens another.
    poolErrorHandler: () => undefined,
    extra: {
      ssl: connection.ssl,
      options: connection.options,
      types: dayAsText,
      max: poolMax,
      connectionTimeoutMillis: queryTimeoutMs,
      // pg's own clock: the server's statement_timeout never fires on a network that swallows packets.
      query_timeout: queryTimeoutMs,
      lock_timeout: queryTimeoutMs * lockShare,
      idle_in_transaction_session_timeout: queryTimeoutMs * idleShare,
      keepAlive: true,
      slow,
    },
  };
  return new DataSource(options);
}
