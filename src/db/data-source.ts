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
  /** Timeout of a query, and of waiting for a connection, in milliseconds. 2,000 by default. */
  readonly queryTimeoutMs?: number | undefined;
  /** Settings of slow-query reports. If omitted, slow queries are not reported. */
  readonly slow?: SlowQuerySettings | undefined;
}

const defaultQueryTimeoutMs = 2_000;
// The lock timeout as a share of the query timeout. The lock timeout ends first, so that a retry can follow.
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
    // Ignore errors of idle connections, which pg reports here. The next query opens another connection.
    poolErrorHandler: () => undefined,
    extra: {
      ssl: connection.ssl,
      options: connection.options,
      types: columnTypes,
      max: poolMax,
      connectionTimeoutMillis: queryTimeoutMs,
      // Enforced by the client, because on a network that drops packets neither the query nor an error from the
      // server's statement_timeout may arrive.
      query_timeout: queryTimeoutMs,
      lock_timeout: queryTimeoutMs * lockShare,
      idle_in_transaction_session_timeout: queryTimeoutMs * idleShare,
      keepAlive: true,
      slow,
    },
  };
  return new DataSource(options);
}
