import { userInfo } from 'node:os';

/** How to connect to a PostgreSQL server, as its URL says. */
export interface PostgresAddress {
  readonly user: string;
  /** Undefined if the URL has none. */
  readonly password: string | undefined;
  /** A name, an IP address, or the folder of a socket. */
  readonly host: string;
  /** Undefined if the URL has none. */
  readonly port: number | undefined;
  readonly database: string;
  readonly tls: PostgresTls;
  /** Options of the server process, such as `-c search_path=shop`. */
  readonly options: string | undefined;
  readonly applicationName: string | undefined;
}

/** Whether and how TLS is used; certificates are names of files. */
export interface PostgresTls {
  readonly mode: 'off' | 'unverified' | 'chain' | 'full';
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** Why a text is no URL of a PostgreSQL server; the text is never part of the message. */
export class PostgresUrlError extends Error {
  override readonly name = 'PostgresUrlError';
}

const example = 'postgres://user:password@host:5432/name';
const encodingAdvice =
  'has a character that must be percent-encoded, most likely in its password: write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25';

/** Reads a URL as libpq does; throws a PostgresUrlError that says what to do. */
export function parsePostgresUrl(text: string): PostgresAddress {
  if (/^["'`]/.test(text)) throw new PostgresUrlError('begins with a quote: remove the quotes around it');
  const [, authority, path = '', query = ''] =
    /^postgres(?:ql)?:\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(text) ?? [];
  if (authority === undefined)
    throw new PostgresUrlError(
      /^postgres(?:ql)?:\/\/.*#/i.test(text) ? encodingAdvice : `must be a URL such as ${example}`,
    );
  // An @ behind the host tells of a /, ? or # in the password.
  const isTornApart = path.includes('@') || (query.includes('@') && !authority.includes('@'));
  if (isTornApart) throw new PostgresUrlError(encodingAdvice);
  const parameters = new URLSearchParams(query);
  const at = authority.lastIndexOf('@');
  const [name = '', ...secret] = authority.slice(0, Math.max(at, 0)).split(':');
  const place = readPlace(authority.slice(at + 1), parameters);
  const user = parameters.get('user') || decode(name) || userInfo().username;
  return {
    ...place,
    user,
    password: parameters.get('password') || decode(secret.join(':')) || undefined,
    database: decode(path) || parameters.get('dbname') || user,
    tls: readTls(parameters),
    options: parameters.get('options') || undefined,
    applicationName: parameters.get('application_name') || undefined,
  };
}

function readPlace(hosts: string, parameters: URLSearchParams): Pick<PostgresAddress, 'host' | 'port'> {
  const [, bracketed, plain = '', port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(hosts) ?? [];
  const host = parameters.get('hostaddr') || parameters.get('host') || bracketed || decode(plain);
  const wanted = parameters.get('port') || port;
  if (`${hosts}${host}${wanted}`.includes(','))
    throw new PostgresUrlError('names several hosts: name one, such as a proxy in front of them');
  if (hosts !== '' && bracketed === undefined && plain === '' && port === '')
    throw new PostgresUrlError(
      hosts.split(':').length > 2
        ? 'has an IPv6 address without brackets: write it as in [::1]:5432'
        : `has a port that is no number, or ${encodingAdvice.slice('has '.length)}`,
    );
  if (wanted !== '' && (!/^\d{1,5}$/.test(wanted) || Number(wanted) < 1 || Number(wanted) > 65_535))
    throw new PostgresUrlError('must have a port from 1 to 65535');
  return { host: host || 'localhost', port: wanted === '' ? undefined : Number(wanted) };
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
  // Without an authority of one's own, anybody has a certificate of a public one.
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

/** Returns the URL of another database of the same server. */
export const withDatabaseName = (url: string, name: string): string =>
  url.replace(/^([^:]+:\/\/[^/?#]*)(?:\/[^?#]*)?/, `$1/${encodeURIComponent(name)}`);

/** Returns the server and database of a URL, without its credentials. */
export function describePostgresUrl(url: string): string {
  const { host, port, database } = parsePostgresUrl(url);
  if (host.startsWith('/')) return `${database} at ${host}`;
  const place = host.includes(':') ? `[${host}]` : host;
  return `${place}${port === undefined ? '' : `:${port}`}/${database}`;
}
