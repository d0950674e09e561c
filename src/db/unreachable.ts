import { parsePostgresUrl } from '../utils/postgres-url.ts';
import { codeOf } from './errors.ts';

/** The oldest supported major version of PostgreSQL. */
export const minServerVersion = 15;

/** Why the database cannot be used, and what to do. The texts contain neither user nor password. */
export interface Unreachable {
  readonly problem: string;
  readonly advice: string;
}

/** Returns the problem behind a connection error, and advice. */
export function unreachable(error: unknown, url: string): Unreachable {
  const code = codeOf(error) ?? '';
  const message = error instanceof Error ? error.message : String(error);
  const known = diagnose(error, url);
  if (known !== null) return known;
  return {
    problem: `The database cannot be reached (${message || code || 'no reason given'})`,
    advice: 'check DATABASE_URL and that the server is running',
  };
}

/** Returns the problem behind a known database error, and advice. Returns null for any other error. */
export function diagnose(error: unknown, url: string): Unreachable | null {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error) ?? '';
  return byPermission(code, message, url) ?? byCode(code, url) ?? byMessage(message, code);
}

/** Returns a known error with advice added, and any other error unchanged. */
export function withAdvice(error: unknown, url: string): unknown {
  const known = diagnose(error, url);
  return known === null ? error : new Error(`${known.problem}: ${known.advice}.`, { cause: error });
}

function byPermission(code: string, message: string, url: string): Unreachable | null {
  // Treat 3F000 like a missing privilege, because a role without USAGE on the schema gets this code when it creates a
  // table.
  if (code !== '42501' && code !== '3F000') return null;
  const role = `"${parsePostgresUrl(url).user.replaceAll('"', '""')}"`;
  const object = /permission denied for (?:table|view|relation|sequence) (\S+)/.exec(message)?.[1];
  if (object !== undefined)
    return {
      problem: `The user of DATABASE_URL may not use ${object} (42501)`,
      advice: `let the owner of the tables run: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    };
  if (/must be owner of/.test(message))
    return {
      problem: 'The user of DATABASE_URL does not own an object that a migration changes (42501)',
      advice:
        'run db:migrate as the user who ran the first migration, or let them run: REASSIGN OWNED BY CURRENT_USER TO ' +
        role,
    };
  return {
    problem: `The user of DATABASE_URL may not create tables in the schema public; since PostgreSQL 15 only the owner of the database may (${code})`,
    advice: `let the owner of the database run, in that database: GRANT USAGE, CREATE ON SCHEMA public TO ${role}`,
  };
}

/** Returns the problem and advice if the server version, such as `14.11`, is too old. Otherwise returns null. */
export function outdated(version: string): Unreachable | null {
  if (Number.parseInt(version, 10) >= minServerVersion) return null;
  return {
    problem: `The database is PostgreSQL ${version}, which is too old`,
    advice: `set DATABASE_URL to a server of version ${minServerVersion} or later`,
  };
}

const tlsCodes = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function byCode(code: string, url: string): Unreachable | null {
  if (code === '28P01' || code === '28000')
    return {
      problem: `The database rejects the user or the password of DATABASE_URL (${code})`,
      advice: "correct them, or allow the user in the server's pg_hba.conf",
    };
  if (code === '3D000') {
    const name = parsePostgresUrl(url).database;
    return {
      problem: `The server has no database "${name}"`,
      advice: `create it with \`createdb ${name}\`, or correct DATABASE_URL`,
    };
  }
  if (code === '53300')
    return {
      problem: 'The database has no free connection (53300)',
      advice: 'lower DATABASE_POOL_MAX or raise max_connections of the server',
    };
  if (code === '53100')
    return { problem: 'The disk of the database is full (53100)', advice: 'free disk space' };
  if (code === '25006')
    return {
      problem: 'The database is read-only (25006)',
      advice: 'set DATABASE_URL to the primary, or turn off default_transaction_read_only',
    };
  return null;
}

function byMessage(message: string, code: string): Unreachable | null {
  if (message.startsWith('SASL:') && message.includes('password must be a'))
    return {
      problem: 'The database requires a password and DATABASE_URL has none',
      advice: 'add it, as in postgres://user:password@host/name',
    };
  const parameter = /unsupported startup parameter: (\w+)/.exec(message)?.[1];
  if (parameter !== undefined)
    return {
      problem: `PgBouncer or another pooler does not support the parameter ${parameter}`,
      advice: 'add it to ignore_startup_parameters of the pooler (see docs/operations.md)',
    };
  if (tlsCodes.has(code))
    return {
      problem: `The certificate of the database is not trusted (${code})`,
      advice:
        'add sslrootcert=/path/to/ca.pem to DATABASE_URL, or sslmode=no-verify if the network is trusted',
    };
  if (message.includes('does not support SSL'))
    return {
      problem: 'The database offers no TLS and DATABASE_URL requires it',
      advice: 'enable TLS on the server, or remove sslmode from DATABASE_URL',
    };
  return null;
}
