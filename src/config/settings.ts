import Joi from 'joi';
import { roles } from '../core/access.ts';
import { arrayOf, integer, object, oneOf, optional, withDefault, type Infer } from '../core/schema.ts';
import { parseMailbox } from '../utils/mailbox.ts';
import { parsePostgresUrl, PostgresUrlError } from '../utils/postgres-url.ts';
import { productName } from './product-name.ts';
import { exactOrigin, isHttpsOrigin } from './https-origin.ts';
import { isWeakSecret, passwordBar, secretAdvice, secretCommand, type GivenSecret } from './secrets.ts';
import { readTextFile } from './text-file.ts';

/**
 * Returns the schema of a random secret of at least 32 characters. The secret can also be in the file that the variable
 * `<NAME>_FILE` names.
 */
export const secret = (): Joi.StringSchema =>
  Joi.string()
    .min(32)
    .messages({
      'any.required': `is required; ${secretAdvice}`,
      'string.min': `must have at least 32 characters; ${secretAdvice}`,
    })
    .meta({ isSecret: true });

const flag = (): Joi.BooleanSchema => Joi.boolean();
const list = <T extends string>(item: Joi.StringSchema<T>): Joi.ArraySchema<T[]> =>
  arrayOf(item).meta({ isList: true });

const origin = Joi.string()
  .pattern(/^https?:\/\/[^/\s]+$/)
  .messages({ 'string.pattern.base': 'must be an origin such as https://app.example.com, without a path' });

// Does not allow `*`, because browsers take it as the literal name of a header in requests with cookies.
const headerName = Joi.string()
  .pattern(/^[!#$%&'+.^_`|~0-9A-Za-z-]+$/)
  .messages({ 'string.pattern.base': 'must be names of headers such as x-datadog-trace-id, without *' });

/** Returns the reason why the text is not a valid database URL, or null if it is valid. */
function databaseUrlIssue(url: string): string | null {
  try {
    const { ca, cert, key } = parsePostgresUrl(url).tls;
    const files = { sslrootcert: ca, sslcert: cert, sslkey: key };
    const unread = Object.entries(files).find(
      ([, path]) => path !== undefined && 'problem' in readTextFile(path),
    );
    return unread === undefined ? null : `names a file in ${unread[0]} that cannot be read`;
  } catch (error) {
    if (error instanceof PostgresUrlError) return error.message;
    throw error;
  }
}

const assertDatabaseUrl: Joi.CustomValidator<string> = (url, helpers) => {
  const issue = databaseUrlIssue(url);
  return issue === null ? url : helpers.message({ custom: issue });
};

/** The settings of the service itself. Modules declare their own in `settings`. */
export const coreSettings = {
  NODE_ENV: withDefault(oneOf('development', 'test', 'production'), 'production').description(
    'Also selects the files .env.<NODE_ENV> and .env.<NODE_ENV>.local. Scripts for development use development.',
  ),
  HOST: withDefault(Joi.string(), '0.0.0.0').description('Address to listen on.'),
  PORT: withDefault(integer(0, 65_535), 3000).description('Port to listen on; 0 chooses a free one.'),
  WORKER_PORT: withDefault(integer(0, 65_535), 3001).description(
    'Port of the worker, for /health/live and /health/ready only.',
  ),
  WEB_CONCURRENCY: withDefault(
    Joi.string()
      .pattern(/^(?:auto|[1-9]\d?)$/)
      .messages({ 'string.pattern.base': 'must be a number from 1 to 99, or auto' }),
    '1',
  ).description(
    'How many processes serve requests on PORT; auto uses one per core. In containers, scale with replicas instead.',
  ),
  PUBLIC_URL: optional(
    origin.description(
      'Public origin of the service, as browsers see it. Never derived from the Host header.',
    ),
  ),
  APP_NAME: withDefault(Joi.string().min(1).max(60), productName).description(
    'Product name in mails and authenticator apps; also rejected as a password.',
  ),
  APP_URL: optional(
    origin.description(
      'Origin of the pages that links in mails open. Default: PUBLIC_URL, where the service has plain pages for them.',
    ),
  ),
  TRUST_PROXY: withDefault(Joi.string().allow(''), '').description(
    'How many proxies are in front of the service, or their addresses (CIDR, separated by commas). Empty: none.',
  ),
  DATABASE_URL: Joi.string()
    .custom(assertDatabaseUrl)
    .meta({ isSecret: true, isUrl: true })
    .description('PostgreSQL 15 or later. If not set, development and tests start their own server.'),
  DATABASE_POOL_MAX: withDefault(integer(1, 200), 10).description(
    'Maximum connections in the pool of one process. docs/operations.md explains how to size the total.',
  ),
  DATABASE_PREPARED_STATEMENTS: withDefault(flag(), true).description(
    'Whether frequent queries use prepared statements. Set false for a pooler without support (PgBouncer before 1.21, or with max_prepared_statements = 0).',
  ),
  EMBEDDED_DB_DIR: withDefault(Joi.string(), '.data/postgres').description(
    'Data folder of the embedded PostgreSQL server for development.',
  ),
  REDIS_URL: optional(
    Joi.string()
      .uri({ scheme: ['redis', 'rediss'] })
      .meta({ isSecret: true, isUrl: true })
      .description('Redis server for shared rate limits. If not set, each process counts for itself.'),
  ),
  JOB_HEARTBEAT_URL: optional(
    Joi.string()
      .pattern(/^https?:\/\/\S+$/)
      .messages({ 'string.pattern.base': 'must be an address such as https://hc.example.com/ping/{name}' })
      .meta({ isSecret: true, isUrl: true })
      .description(
        'URL that the worker requests after each successful scheduled job, for monitoring. {name} is replaced with the name of the job, with dashes for dots.',
      ),
  ),
  SMTP_URL: optional(
    Joi.string()
      .uri({ scheme: ['smtp', 'smtps'] })
      .meta({ isSecret: true, isUrl: true })
      .description(
        'Mail server, such as smtp://user:password@smtp.example.com:587. Production requires STARTTLS or smtps. If not set, development stores mails and shows them at /dev/mail; in production they stay queued.',
      ),
  ),
  MAIL_FROM: optional(
    Joi.string()
      .custom((text: string, helpers) => (parseMailbox(text) === null ? helpers.error('mailbox') : text))
      .messages({
        mailbox:
          'must be one address such as Strata <no-reply@example.com> or "Acme, Inc." <no-reply@example.com>, without encoded words (=?…?=)',
      })
      .description('Sender of mails, such as Strata <no-reply@example.com>. Required with SMTP_URL.'),
  ),
  MAIL_KEPT_DIR: withDefault(Joi.string(), '.data/mail').description(
    'Folder in which development stores mails if SMTP_URL is not set. They are shown at /dev/mail.',
  ),
  LOG_LEVEL: withDefault(oneOf('error', 'warn', 'info', 'debug'), 'info').description('Minimum log level.'),
  SLOW_QUERY_MS: optional(
    integer(0, 60_000).description(
      'Queries and waits for a connection that take at least this long are logged at the level warn. Default: 200, in development 1000. 0: never.',
    ),
  ),
  SLOW_LOOP_MS: optional(
    integer(0, 60_000).description(
      'If the event loop is blocked for at least this long, this is logged at the level warn. Default: 200, in development 1000. 0: never.',
    ),
  ),
  CORS_ORIGINS: withDefault(list(origin), []).description(
    'Origins whose pages may call the service, separated by commas.',
  ),
  CORS_ALLOWED_HEADERS: withDefault(list(headerName), []).description(
    'Additional request headers that pages of CORS_ORIGINS may send, separated by commas, such as x-datadog-trace-id. Headers that the service reads and those of W3C Trace Context, baggage and Sentry are always allowed.',
  ),
  BODY_LIMIT_BYTES: withDefault(integer(1_024, 10_485_760), 102_400).description(
    'Maximum size of a request body.',
  ),
  REQUEST_DEADLINE_MS: withDefault(integer(100, 60_000), 2_500).description(
    'Timeout for receiving a JSON body, and then for the response.',
  ),
  SHUTDOWN_DELAY_MS: optional(
    integer(0, 8_000).description(
      'How long to keep serving after SIGTERM while load balancers drain. Default: 5000 in production, 0 elsewhere.',
    ),
  ),
  RATE_LIMIT_GLOBAL_PER_MINUTE: withDefault(integer(0, 1_000_000), 300).description(
    'Limit of requests per IP address. 0: no limit.',
  ),
  RATE_LIMIT_AUTH_PER_15_MINUTES: withDefault(integer(0, 1_000_000), 50).description(
    'Limit of failed sign-ins and new accounts per IP address. 0: no limit.',
  ),
  RATE_LIMIT_WRITES_PER_MINUTE: withDefault(integer(0, 1_000_000), 120).description(
    'Limit of writes per user. 0: no limit.',
  ),
  PASSWORD_PEPPER: secret().description('Key of every password hash. Without it all passwords are unusable.'),
  PASSWORD_PREVIOUS_PEPPER: optional(
    secret().description(
      'Previous PASSWORD_PEPPER, accepted during rotation. At the next sign-in of a user, the password is hashed again with the new one.',
    ),
  ),
  DATA_ENCRYPTION_KEY: optional(
    secret().description(
      'Key that encrypts columns such as addresses and second factors. Default: a key derived from PASSWORD_PEPPER.',
    ),
  ),
  DATA_ENCRYPTION_PREVIOUS_KEY: optional(
    secret().description(
      'Previous DATA_ENCRYPTION_KEY, needed until `data:reencrypt` has re-encrypted every value.',
    ),
  ),
  MFA_REQUIRED_ROLES: withDefault(list(oneOf(...roles)), []).description(
    'Roles whose permissions require a second factor, separated by commas, such as admin.',
  ),
  BCRYPT_COST: withDefault(integer(4, 15), 12).description(
    'Work factor of bcrypt; at least 10 in production.',
  ),
  DOCS_ENABLED: optional(flag().description('Serves the page /docs. Default: true, in production false.')),
  DOCS_PASSWORD: optional(
    Joi.string()
      .min(12)
      .meta({ isSecret: true, isPassword: true })
      .description(
        'Password of /docs and /openapi.json (HTTP Basic, any user name). In production /docs requires it, and it must be random.',
      ),
  ),
};

export const coreSchema = object(coreSettings);
export type CoreSettings = Infer<typeof coreSchema>;

const defaultPasswords = new Set([
  'postgres',
  'password',
  'admin',
  'root',
  'secret',
  'strata',
  'changeme',
  '123456',
]);

function hasDefaultCredentials(url: string): boolean {
  if (databaseUrlIssue(url) !== null) return false;
  const { user, password } = parsePostgresUrl(url);
  return password !== undefined && (password === user || defaultPasswords.has(password.toLowerCase()));
}

interface Issue {
  readonly name: string;
  readonly message: string;
}

/** Returns the settings that are good enough for development but not for production. */
export function productionIssues(settings: Partial<CoreSettings>, secrets: readonly GivenSecret[]): Issue[] {
  const issues: Issue[] = [];
  const refuse = (name: string, message: string) => issues.push({ name, message });
  for (const [index, { name, value, isPassword }] of secrets.entries()) {
    if (isWeakSecret(value, isPassword ? passwordBar : undefined))
      refuse(name, `is easy to guess; make one with: ${secretCommand}`);
    const twin = secrets.slice(0, index).find((other) => other.value === value);
    if (twin !== undefined)
      refuse(name, `is the same as ${twin.name}; set a different value for each secret`);
  }
  if (settings.DATABASE_URL !== undefined && hasDefaultCredentials(settings.DATABASE_URL))
    refuse('DATABASE_URL', 'has a default password; set one of your own');
  for (const allowed of settings.CORS_ORIGINS ?? []) {
    if (!isHttpsOrigin(allowed)) refuse('CORS_ORIGINS', exactOrigin);
  }
  if (settings.PUBLIC_URL !== undefined && !isHttpsOrigin(settings.PUBLIC_URL))
    refuse('PUBLIC_URL', exactOrigin);
  if (settings.APP_URL !== undefined && !isHttpsOrigin(settings.APP_URL)) refuse('APP_URL', exactOrigin);
  if (settings.SMTP_URL !== undefined) {
    if (settings.MAIL_FROM === undefined)
      refuse('MAIL_FROM', 'is required with SMTP_URL: set an address that the server may send from');
    if (settings.APP_URL === undefined && settings.PUBLIC_URL === undefined)
      refuse('PUBLIC_URL', 'is required with SMTP_URL unless APP_URL is set: links in mails open it');
  }
  if (Number(settings.BCRYPT_COST) < 10) refuse('BCRYPT_COST', 'must be at least 10');
  const limits = [
    'RATE_LIMIT_GLOBAL_PER_MINUTE',
    'RATE_LIMIT_AUTH_PER_15_MINUTES',
    'RATE_LIMIT_WRITES_PER_MINUTE',
  ] as const;
  for (const name of limits) if (settings[name] === 0) refuse(name, 'must not be 0 in production');
  if (settings.DOCS_ENABLED === true && settings.DOCS_PASSWORD === undefined) {
    refuse('DOCS_ENABLED', 'makes the documentation public; set DOCS_PASSWORD as well, or set it to false');
  }
  return issues;
}
