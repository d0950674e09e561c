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
  /** Timeout of a query and of waiting for a connection, in milliseconds; 2,000 by default. */
  readonly queryTimeoutMs?: number | undefined;
  /** Omit to disable slow-query reports. */
  readonly slow?: SlowQuerySettings | undefined;
}

const defaultQueryTimeoutMs = 2_000;
// Share of the query timeout. Less than 1, so that a lock timeout arrives early enough for a retry.
const lockShare = 0.75;
// How many query timeouts a transaction may be idle.
const idleShare = 5;

// Read `date` as text: as a moment in the local time zone it could become another day.
const dayAsText = new pg.TypeOverrides();
dayAsText.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Builds the TypeORM data source of a process. It connects when initialized. */
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
    // Connections that break while idle are reported here; the next query opens another.
    poolErrorHandler: () => undefined,
    extra: {
      ssl: connection.ssl,
      options: connection.options,
      types: dayAsText,
      max: poolMax,
      connectionTimeoutMillis: queryTimeoutMs,
      // Client-side timeout: the server's statement_timeout cannot fire on a network that drops packets.
      query_timeout: queryTimeoutMs,
      lock_timeout: queryTimeoutMs * lockShare,
      idle_in_transaction_session_timeout: queryTimeoutMs * idleShare,
      keepAlive: true,
      slow,
    },
  };
  return new DataSource(options);
}
