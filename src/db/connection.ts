import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { parsePostgresUrl, type PostgresTls } from '../utils/postgres-url.ts';

const defaultPort = 5432;

/** Connection settings for `pg`. */
export interface Connection {
  readonly user: string;
  readonly password?: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly ssl: false | ConnectionOptions;
  readonly options?: string;
  readonly application_name?: string;
}

/** Returns everything that `pg` needs to connect to this URL, so that `pg` reads no environment variables. */
export function connectionOf(url: string): Connection {
  const { user, password, host, port, database, tls, options, applicationName } = parsePostgresUrl(url);
  return {
    user,
    host,
    port: port ?? defaultPort,
    database,
    ssl: tlsOf(tls),
    // If the URL has no password, omit the key, so that pg reads PGPASSWORD or a password file.
    ...(password !== undefined && { password }),
    ...(options !== undefined && { options }),
    ...(applicationName !== undefined && { application_name: applicationName }),
  };
}

function tlsOf({ mode, ca, cert, key }: PostgresTls): Connection['ssl'] {
  if (mode === 'off') return false;
  return {
    rejectUnauthorized: mode !== 'unverified',
    ...(mode === 'chain' && { checkServerIdentity: () => undefined }),
    ...(ca !== undefined && { ca: readFileSync(ca, 'utf8') }),
    ...(cert !== undefined && { cert: readFileSync(cert, 'utf8') }),
    ...(key !== undefined && { key: readFileSync(key, 'utf8') }),
  };
}

/** Session settings that the service needs. They override the defaults of the role, the database and the server. */
const sessionSettings: Readonly<Record<string, string>> = {
  search_path: '"$user", public',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  array_nulls: 'on',
  transform_null_equals: 'off',
  standard_conforming_strings: 'on',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  // Disables the server's timeout with 0, because the service enforces its own timeout and a migration may take long.
  statement_timeout: '0',
  transaction_timeout: '0',
  idle_session_timeout: '0',
};

/** Returns the statement that applies the session settings to a new connection, except those set in `options`. */
export function sessionStatement(options = ''): string {
  const chosen = new Set(
    Array.from(options.matchAll(/(?:-c\s*|--)([\w.-]+)\s*=/g), ([, name = '']) =>
      name.toLowerCase().replaceAll('-', '_'),
    ),
  );
  const rows = Object.entries(sessionSettings)
    .filter(([name]) => !chosen.has(name.toLowerCase()))
    .map(([name, value]) => `('${name}', '${value}')`);
  // Skip settings that the server does not know, because PostgreSQL before 17 has no transaction_timeout.
  return `SELECT set_config(name, value, false) FROM (VALUES ${rows.join(', ')}) AS wanted (name, value)
    WHERE current_setting(name, true) IS NOT NULL`;
}
