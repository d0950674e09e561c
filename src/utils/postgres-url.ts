import { userInfo } from 'node:os';

/** Connection parameters of a PostgreSQL URL. */
export interface PostgresAddress {
  readonly user: string;
  /** The password. Undefined if the URL has none. */
  readonly password: string | undefined;
  /** A host name, an IP address, or the folder of a Unix socket. */
  readonly host: string;
  /** The port. Undefined if the URL has none. */
  readonly port: number | undefined;
  readonly database: string;
  readonly tls: PostgresTls;
  /** Options for the server's side of the connection, such as `-c search_path=shop`. */
  readonly options: string | undefined;
  readonly applicationName: string | undefined;
}

/** The TLS mode, and the file names of certificates. */
export interface PostgresTls {
  readonly mode: 'off' | 'unverified' | 'chain' | 'full';
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** Thrown for an invalid PostgreSQL URL. The message never contains the URL. */
export class PostgresUrlError extends Error {
  override readonly name = 'PostgresUrlError';
}

const example = 'postgres://user:password@host:5432/name';
const encodingAdvice =
  'has a character that must be percent-encoded, most likely in its password: write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25';

/**
 * Parses a URL in the same way as PostgreSQL's own client library (libpq). If it is invalid, throws a
 * `PostgresUrlError` that says what to do.
 */
export function parsePostgresUrl(text: string): PostgresAddress {
  if (/^["'`]/.test(text)) throw new PostgresUrlError('begins with a quote: remove the quotes around it');
  const [, authority, path = '', query = ''] =
    /^postgres(?:ql)?:\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(text) ?? [];
  if (authority === undefined)
    throw new PostgresUrlError(
      /^postgres(?:ql)?:\/\/.*#/i.test(text) ? encodingAdvice : `must be a URL such as ${example}`,
    );
  // True if an @ follows the host. It means that the password contains a /, ? or # that is not percent-encoded.
  const hasUnencodedPassword = path.includes('@') || (query.includes('@') && !authority.includes('@'));
  if (hasUnencodedPassword) throw new PostgresUrlError(encodingAdvice);
  const parameters = new URLSearchParams(query);
  const at = authority.lastIndexOf('@');
  const [name = '', ...secret] = authority.slice(0, Math.max(at, 0)).split(':');
  const hostAndPort = readHostAndPort(authority.slice(at + 1), parameters);
  const user = parameters.get('user') || decode(name) || userInfo().username;
  return {
    ...hostAndPort,
    user,
    password: parameters.get('password') || decode(secret.join(':')) || undefined,
    database: decode(path) || parameters.get('dbname') || user,
    tls: readTls(parameters),
    options: parameters.get('options') || undefined,
    applicationName: parameters.get('application_name') || undefined,
  };
}

function readHostAndPort(hosts: string, parameters: URLSearchParams): Pick<PostgresAddress, 'host' | 'port'> {
  const [, bracketed, plain = '', port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(hosts) ?? [];
  const host = parameters.get('hostaddr') || parameters.get('host') || bracketed || decode(plain);
  const portText = parameters.get('port') || port;
  if (`${hosts}${host}${portText}`.includes(','))
    throw new PostgresUrlError('names several hosts: name one, such as a proxy in front of them');
  if (hosts !== '' && bracketed === undefined && plain === '' && port === '')
    throw new PostgresUrlError(
      hosts.split(':').length > 2
        ? 'has an IPv6 address without brackets: write it as in [::1]:5432'
        : `has a port that is not a number, or ${encodingAdvice.slice('has '.length)}`,
    );
  if (portText !== '' && (!/^\d{1,5}$/.test(portText) || Number(portText) < 1 || Number(portText) > 65_535))
    throw new PostgresUrlError('must have a port from 1 to 65535');
  return { host: host || 'localhost', port: portText === '' ? undefined : Number(portText) };
}

const modes = {
  disable: 'off',
  'no-verify': 'unverified',
  require: 'full',
  'verify-ca': 'chain',
  'verify-full': 'full',
} as const;

function readTls(parameters: URLSearchParams): PostgresTls {
  const [ca, cert, key] = ['sslrootcert', 'sslcert', 'sslkey'].map(
    (name) => parameters.get(name) || undefined,
  );
  const files = { ca: ca === 'system' ? undefined : ca, cert, key };
  const wanted = parameters.get('sslmode') || modeOf(parameters.get('ssl'));
  if (wanted === null) return { mode: Object.values(files).some(Boolean) ? 'full' : 'off', ...files };
  const mode = Object.entries(modes).find(([name]) => name === wanted)?.[1];
  if (mode === undefined)
    throw new PostgresUrlError(
      wanted === 'prefer' || wanted === 'allow'
        ? `has sslmode=${wanted}, which leaves TLS to chance: set it to disable, or to require or verify-full`
        : `has an unknown sslmode: set it to ${Object.keys(modes).join(', ')}`,
    );
  if (wanted === 'require' && parameters.get('uselibpqcompat') === 'true')
    return { mode: files.ca === undefined ? 'unverified' : 'chain', ...files };
  // Without a custom CA, check the host name too, because anyone can get a certificate from a public CA.
  return { mode: mode === 'chain' && files.ca === undefined ? 'full' : mode, ...files };
}

function modeOf(ssl: string | null): string | null {
  if (ssl === null || ssl === '') return null;
  if (ssl === 'true' || ssl === '1') return 'require';
  return ssl === 'false' || ssl === '0' ? 'disable' : ssl;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new PostgresUrlError(encodingAdvice);
  }
}

/** Returns the same URL with another database. */
export const withDatabaseName = (url: string, name: string): string =>
  url.replace(/^([^:]+:\/\/[^/?#]*)(?:\/[^?#]*)?/, `$1/${encodeURIComponent(name)}`);

/** Returns the server and database of a URL, without user and password. */
export function describePostgresUrl(url: string): string {
  const { host, port, database } = parsePostgresUrl(url);
  if (host.startsWith('/')) return `${database} at ${host}`;
  const place = host.includes(':') ? `[${host}]` : host;
  return `${place}${port === undefined ? '' : `:${port}`}/${database}`;
}
