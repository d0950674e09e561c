import { DataSource, type DataSourceOptions } from 'typeorm';
import pg from 'pg';
import { columnTypes } from './column-types.ts';
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
  /** Slow queries are not reported if this is omitted. */
  readonly slow?: SlowQuerySettings | undefined;
}

const defaultQueryTimeoutMs = 2_000;
// The lock timeout is this share of the query timeout. It ends first, so that a retry can follow.
const lockShare = 0.75;
// The idle timeout of a transaction is the query timeout times this number.
const idleShare = 5;

/** Builds the TypeORM data source of a process. The caller connects it with `initialize`. */
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
    // pg reports idle connections that break here. Nothing needs to be done: the next query opens another.
    poolErrorHandler: () => undefined,
    extra: {
      ssl: connection.ssl,
      options: connection.options,
      types: columnTypes,
      max: poolMax,
      connectionTimeoutMillis: queryTimeoutMs,
      // This timeout runs in the client. The server's statement_timeout cannot fire on a network that drops packets.
      query_timeout: queryTimeoutMs,
      lock_timeout: queryTimeoutMs * lockShare,
      idle_in_transaction_session_timeout: queryTimeoutMs * idleShare,
      keepAlive: true,
      slow,
    },
  };
  return new DataSource(options);
}
