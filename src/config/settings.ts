import Joi from 'joi';
import { roles, type Role } from '../core/access.ts';
import { arrayOf, integer, object, oneOf, optional, withDefault, type Infer } from '../core/schema.ts';
import { parseMailbox } from '../utils/mailbox.ts';
import { parsePostgresUrl, PostgresUrlError } from '../utils/postgres-url.ts';
import { productName } from './product-name.ts';
import { exactOrigin, isHttpsOrigin } from './https-origin.ts';
import { isWeakSecret, passwordBar, secretAdvice, secretCommand, type GivenSecret } from './secrets.ts';
import { readTextFile } from './text-file.ts';

/** A random secret of at least 32 characters; also read from the file that `<NAME>_FILE` names. */
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

// With credentials, browsers take `*` for a header of that name.
const headerName = Joi.string()
  .pattern(/^[!#$%&'+.^_`|~0-9A-Za-z-]+$/)
  .messages({ 'string.pattern.base': 'must be names of headers such as x-datadog-trace-id, without *' });

/** Says what keeps a URL from being that of a database; null if nothing does. */
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

/** What the service itself can be told by its environment. Modules add what they need in their `settings`. */
export const coreSettings = {
  NODE_ENV: withDefault(oneOf('development', 'test', 'production'), 'production').description(
    'Also takes the files .env.<NODE_ENV> and .env.<NODE_ENV>.local. The scripts for work on a clone take development.',
  ),
  HOST: withDefault(Joi.string(), '0.0.0.0').description('The address to listen on.'),
  PORT: withDefault(integer(0, 65_535), 3000).description('The port to listen on; 0 takes any free one.'),
  WORKER_PORT: withDefault(integer(0, 65_535), 3001).description(
    'The port on which the worker answers /health/live and /health/ready, and nothing else.',
  ),
  WEB_CONCURRENCY: withDefault(
    Joi.string()
      .pattern(/^(?:auto|[1-9]\d?)$/)
      .messages({ 'string.pattern.base': 'must be a number from 1 to 99, or auto' }),
    '1',
  ).description(
    'How many processes answer requests on PORT; auto takes one for each core. In containers rather start more of those.',
  ),
  PUBLIC_URL: optional(
    origin.description("The service's own origin, as browsers see it. Never taken from the Host header."),
  ),
  APP_NAME: withDefault(Joi.string().min(1).max(60), productName).description(
    'What people know the product by: in mails, in authenticator apps, and as a password to refuse.',
  ),
  APP_URL: optional(
    origin.description(
      'The origin of the pages that links in mails lead to. PUBLIC_URL unless given: plain pages of the service itself.',
    ),
  ),
  TRUST_PROXY: withDefault(Joi.string().allow(''), '').description(
    'How many proxies stand in front, or their addresses (CIDR, separated by commas). Empty: none.',
  ),
  DATABASE_URL: Joi.string()
    .custom(assertDatabaseUrl)
    .meta({ isSecret: true, isUrl: true })
    .description('PostgreSQL 15 or later. Development and tests start their own server when it is not set.'),
  DATABASE_POOL_MAX: withDefault(integer(1, 200), 10).description(
    'Connections of one process; docs/operations.md tells how many may be had in all.',
  ),
  DATABASE_PREPARED_STATEMENTS: withDefault(flag(), true).description(
    'Whether connections keep the plans of frequent queries. false: for a pooler that cannot (PgBouncer before 1.21, or with max_prepared_statements = 0).',
  ),
  EMBEDDED_DB_DIR: withDefault(Joi.string(), '.data/postgres').description(
    'Where the embedded server of development keeps its data.',
  ),
  REDIS_URL: optional(
    Joi.string()
      .uri({ scheme: ['redis', 'rediss'] })
      .meta({ isSecret: true, isUrl: true })
      .description('Shares the rate limits between processes. Without it each process counts for itself.'),
  ),
  JOB_HEARTBEAT_URL: optional(
    Joi.string()
      .pattern(/^https?:\/\/\S+$/)
      .messages({ 'string.pattern.base': 'must be an address such as https://hc.example.com/ping/{name}' })
      .meta({ isSecret: true, isUrl: true })
      .description(
        'Called by the worker after each scheduled job that has succeeded, with the name of the job, dashes for its dots, in the place of {name}. Whoever listens there can raise the alarm when it falls silent.',
      ),
  ),
  SMTP_URL: optional(
    Joi.string()
      .uri({ scheme: ['smtp', 'smtps'] })
      .meta({ isSecret: true, isUrl: true })
      .description(
        'The server that mails leave by, such as smtp://user:password@smtp.example.com:587. Production takes STARTTLS or smtps only. Without it development keeps its mails and shows them at /dev/mail, and in production they wait.',
      ),
  ),
  MAIL_FROM: optional(
    Joi.string()
      .custom((text: string, helpers) => (parseMailbox(text) === null ? helpers.error('mailbox') : text))
      .messages({
        mailbox:
          'must be one address such as Strata <no-reply@example.com> or "Acme, Inc." <no-reply@example.com>, without encoded words (=?…?=)',
      })
      .description('The sender of mails, such as Strata <no-reply@example.com>. Needed with SMTP_URL.'),
  ),
  MAIL_KEPT_DIR: withDefault(Joi.string(), '.data/mail').description(
    'Where mails are kept for /dev/mail, as long as there is no SMTP_URL.',
  ),
  LOG_LEVEL: withDefault(oneOf('error', 'warn', 'info', 'debug'), 'info').description(
    'The least that is logged.',
  ),
  SLOW_QUERY_MS: optional(
    integer(0, 60_000).description(
      'Logs a query, or the wait for a connection, at warn if it takes this long. 200; 1000 in development. 0: never.',
    ),
  ),
  SLOW_LOOP_MS: optional(
    integer(0, 60_000).description(
      'Logs at warn if the event loop was blocked for this long. 200; 1000 in development. 0: never.',
    ),
  ),
  CORS_ORIGINS: withDefault(list(origin), [] as string[]).description(
    'The origins whose pages may call the service, separated by commas.',
  ),
  CORS_ALLOWED_HEADERS: withDefault(list(headerName), [] as string[]).description(
    'Request headers that pages of CORS_ORIGINS may send beyond those that the service reads and those of W3C Trace Context, baggage and Sentry, separated by commas, such as x-datadog-trace-id.',
  ),
  BODY_LIMIT_BYTES: withDefault(integer(1_024, 10_485_760), 102_400).description(
    'The largest body accepted.',
  ),
  REQUEST_DEADLINE_MS: withDefault(integer(100, 60_000), 2_500).description(
    'How long a JSON body may take to arrive, and then how long its answer may take.',
  ),
  SHUTDOWN_DELAY_MS: optional(
    integer(0, 8_000).description(
      'How long to go on serving after SIGTERM, while balancers look away. 5000 in production, 0 elsewhere.',
    ),
  ),
  RATE_LIMIT_GLOBAL_PER_MINUTE: withDefault(integer(0, 1_000_000), 300).description(
    'Requests of one address. 0: off.',
  ),
  RATE_LIMIT_AUTH_PER_15_MINUTES: withDefault(integer(0, 1_000_000), 50).description(
    'Failed sign-ins and registrations of one address. 0: off.',
  ),
  RATE_LIMIT_WRITES_PER_MINUTE: withDefault(integer(0, 1_000_000), 120).description(
    'Writes of one user. 0: off.',
  ),
  PASSWORD_PEPPER: secret().description(
    'Keyed into every password hash. Losing it makes every password unusable.',
  ),
  PASSWORD_PREVIOUS_PEPPER: optional(
    secret().description(
      'The pepper before, while it is replaced: each password moves to the new one at its next sign-in.',
    ),
  ),
  DATA_ENCRYPTION_KEY: optional(
    secret().description(
      'Encrypts columns such as addresses and second factors. Unless given, a key derived from PASSWORD_PEPPER does.',
    ),
  ),
  DATA_ENCRYPTION_PREVIOUS_KEY: optional(
    secret().description('The key before, until `data:reencrypt` has moved every value to the new one.'),
  ),
  MFA_REQUIRED_ROLES: withDefault(list(oneOf(...roles)), [] as Role[]).description(
    'Roles whose permissions need a sign-in with a second factor, separated by commas, such as admin.',
  ),
  BCRYPT_COST: withDefault(integer(4, 15), 12).description(
    'Work factor of password hashes; at least 10 in production.',
  ),
  DOCS_ENABLED: optional(flag().description('Serve the page /docs. On, but for production.')),
  DOCS_PASSWORD: optional(
    Joi.string()
      .min(12)
      .meta({ isSecret: true, isPassword: true })
      .description(
        'Asked for by /docs and /openapi.json (HTTP Basic, any user name). Production shows no page without it, and refuses one that was not made at random.',
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

/** What is good enough to try Strata and not good enough to run it. */
export function productionIssues(settings: Partial<CoreSettings>, secrets: readonly GivenSecret[]): Issue[] {
  const issues: Issue[] = [];
  const refuse = (name: string, message: string) => issues.push({ name, message });
  for (const [index, { name, value, isPassword }] of secrets.entries()) {
    if (isWeakSecret(value, isPassword ? passwordBar : undefined))
      refuse(name, `is easy to guess; make one with: ${secretCommand}`);
    const twin = secrets.slice(0, index).find((other) => other.value === value);
    if (twin !== undefined) refuse(name, `is the same as ${twin.name}; each secret must be its own`);
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
      refuse('MAIL_FROM', 'is needed with SMTP_URL: an address that its server may send for');
    if (settings.APP_URL === undefined && settings.PUBLIC_URL === undefined)
      refuse('PUBLIC_URL', 'is needed with SMTP_URL, unless there is APP_URL: links in mails lead there');
  }
  if (Number(settings.BCRYPT_COST) < 10) refuse('BCRYPT_COST', 'must be at least 10');
  const limits = [
    'RATE_LIMIT_GLOBAL_PER_MINUTE',
    'RATE_LIMIT_AUTH_PER_15_MINUTES',
    'RATE_LIMIT_WRITES_PER_MINUTE',
  ] as const;
  for (const name of limits) if (settings[name] === 0) refuse(name, 'must not be off');
  if (settings.DOCS_ENABLED === true && settings.DOCS_PASSWORD === undefined) {
    refuse('DOCS_ENABLED', 'makes the documentation public; set DOCS_PASSWORD as well, or leave it off');
  }
  return issues;
}
