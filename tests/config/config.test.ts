import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import Joi from 'joi';
import { ConfigError, loadConfig } from '../../src/config/config.ts';
import type { Environment } from '../../src/config/environment.ts';
import { integer, optional, withDefault } from '../../src/core/schema.ts';
import { modules } from '../../src/modules.ts';
import { loadModulesConfig } from '../../src/process/dependencies.ts';
import { testConfig, testEnvironment } from '../helpers/config.ts';

const secret = () => randomBytes(48).toString('base64');

/** A valid production environment. */
const production: Environment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://strata:kG8xQ2vN5tRw@db.internal:5432/strata',
  JWT_SECRET: secret(),
  PASSWORD_PEPPER: secret(),
};

const load = (env: Environment) => loadModulesConfig(env, modules);

function errorOf(env: Environment): ConfigError | undefined {
  try {
    load(env);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** Returns the problems by setting. */
const issuesOf = (env: Environment): Record<string, string> =>
  Object.fromEntries((errorOf(env)?.issues ?? []).map(({ name, message }) => [name, message]));

describe('production', () => {
  it('accepts a database and two secrets', () => {
    const config = load(production);
    expect(config).toMatchObject({
      isProduction: true,
      isCookieSecure: true,
      isDocsEnabled: false,
      trustProxy: false,
      slowQueryMs: 200,
      slowLoopMs: 200,
      shutdownDelayMs: 5_000,
      BCRYPT_COST: 12,
      RATE_LIMIT_GLOBAL_PER_MINUTE: 300,
      CORS_ORIGINS: [],
      CORS_ALLOWED_HEADERS: [],
    });
  });

  it.each([
    ['1', 1],
    ['12', 12],
    ['auto', availableParallelism()],
    ['', 1],
  ])('runs WEB_CONCURRENCY=%s as %i processes', (text, processes) => {
    expect(load({ ...production, WEB_CONCURRENCY: text }).processes).toBe(processes);
  });

  it('accepts every setting', () => {
    const config = load({
      ...production,
      PORT: '8080',
      PUBLIC_URL: 'https://api.example.com',
      TRUST_PROXY: '2',
      CORS_ORIGINS: 'https://app.example.com, https://admin.example.com',
      DOCS_ENABLED: 'true',
      DOCS_PASSWORD: secret(),
      JWT_PREVIOUS_SECRET: secret(),
      SHUTDOWN_DELAY_MS: '0',
    });
    expect(config).toMatchObject({
      PORT: 8080,
      publicUrl: 'https://api.example.com',
      trustProxy: 2,
      CORS_ORIGINS: ['https://app.example.com', 'https://admin.example.com'],
      isDocsEnabled: true,
      shutdownDelayMs: 0,
    });
  });

  it('is the default environment', () => {
    const { NODE_ENV: _unset, ...unset } = production;
    expect(load(unset).isProduction).toBe(true);
    expect(load({ ...production, NODE_ENV: '' }).isProduction).toBe(true);
    expect(Object.keys(issuesOf({ ...unset, BCRYPT_COST: '4' }))).toEqual(['BCRYPT_COST']);
  });

  const pattern = 'aB3$xY9!'.repeat(8);
  const words = 'my-secret-password-example-changeme-default';
  const refusals: [string, Environment, string, RegExp][] = [
    ['no database', { DATABASE_URL: undefined }, 'DATABASE_URL', /is required/],
    ['an empty database', { DATABASE_URL: '' }, 'DATABASE_URL', /is required/],
    ['a different database system', { DATABASE_URL: 'mysql://a@b/c' }, 'DATABASE_URL', /postgres/],
    ...(
      [
        ['several hosts', 'postgres://app@a:1,b:2/x', /several hosts/],
        ['an unencoded password', 'postgres://app:p/w@db/x', /percent-encoded/],
        ['opportunistic TLS', 'postgres://app@db/x?sslmode=prefer', /sslmode=prefer/],
        [
          'a missing certificate',
          'postgres://app@db/x?sslrootcert=/nowhere.pem',
          /sslrootcert that cannot be read/,
        ],
        ['a default password in a parameter', 'postgres://app@db/x?password=secret', /default password/],
      ] as const
    ).map(([what, url, message]): [string, Environment, string, RegExp] => [
      what,
      { DATABASE_URL: url },
      'DATABASE_URL',
      message,
    ]),
    ['no JWT secret', { JWT_SECRET: undefined }, 'JWT_SECRET', /is required/],
    ['no pepper', { PASSWORD_PEPPER: undefined }, 'PASSWORD_PEPPER', /is required/],
    ['a short secret', { JWT_SECRET: randomBytes(12).toString('base64') }, 'JWT_SECRET', /at least 32/],
    ['a known secret', { JWT_SECRET: words }, 'JWT_SECRET', /easy to guess/],
    ['few characters', { PASSWORD_PEPPER: 'ab'.repeat(32) }, 'PASSWORD_PEPPER', /easy to guess/],
    ['a repeated pattern', { PASSWORD_PEPPER: pattern }, 'PASSWORD_PEPPER', /easy to guess/],
    ...[
      'JWT_SECRET',
      'JWT_PREVIOUS_SECRET',
      'PASSWORD_PEPPER',
      'PASSWORD_PREVIOUS_PEPPER',
      'DATA_ENCRYPTION_KEY',
      'DATA_ENCRYPTION_PREVIOUS_KEY',
      'DOCS_PASSWORD',
    ].map((name): [string, Environment, string, RegExp] => [
      `a typed ${name}`,
      { [name]: 'strata-production-jwt-key-for-acme-shop-2026' },
      name,
      /easy to guess.*openssl rand -base64 48/,
    ]),
    [
      'equal secrets',
      { PASSWORD_PEPPER: production['JWT_SECRET'] },
      'PASSWORD_PEPPER|JWT_SECRET',
      /is the same as/,
    ],
    [
      'an unchanged previous key',
      { JWT_PREVIOUS_SECRET: production['JWT_SECRET'] },
      'JWT_PREVIOUS_SECRET|JWT_SECRET',
      /same/,
    ],
    [
      'default credentials',
      { DATABASE_URL: 'postgres://postgres:postgres@db/x' },
      'DATABASE_URL',
      /default password/,
    ],
    [
      'a password equal to the user',
      { DATABASE_URL: 'postgres://app:app@db/x' },
      'DATABASE_URL',
      /default password/,
    ],
    [
      'a default password',
      { DATABASE_URL: 'postgres://app:Password@db/x' },
      'DATABASE_URL',
      /default password/,
    ],
    ['trust in every proxy', { TRUST_PROXY: 'true' }, 'TRUST_PROXY', /number of proxies/],
    ['trust in all addresses', { TRUST_PROXY: '0.0.0.0/0' }, 'TRUST_PROXY', /number of proxies/],
    ['trust in all IPv6 addresses', { TRUST_PROXY: '::/0' }, 'TRUST_PROXY', /number of proxies/],
    ['trust in no address', { TRUST_PROXY: 'cafe' }, 'TRUST_PROXY', /number of proxies/],
    ['trust in half an address', { TRUST_PROXY: '10.0.0.1, 1.5' }, 'TRUST_PROXY', /number of proxies/],
    ['a wide prefix', { TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY', /number of proxies/],
    ['any header', { CORS_ALLOWED_HEADERS: '*' }, 'CORS_ALLOWED_HEADERS', /without \*/],
    ['a header with a space', { CORS_ALLOWED_HEADERS: 'x-a b' }, 'CORS_ALLOWED_HEADERS', /names of headers/],
    ['a header with a value', { CORS_ALLOWED_HEADERS: 'x-a: b' }, 'CORS_ALLOWED_HEADERS', /names of headers/],
    [
      'a header with umlauts',
      { CORS_ALLOWED_HEADERS: 'x-größe' },
      'CORS_ALLOWED_HEADERS',
      /names of headers/,
    ],
    ['any origin', { CORS_ORIGINS: '*' }, 'CORS_ORIGINS', /must be an origin/],
    [
      'any origin among others',
      { CORS_ORIGINS: 'https://a.example.com,*' },
      'CORS_ORIGINS',
      /must be an origin/,
    ],
    ['the null origin', { CORS_ORIGINS: 'null' }, 'CORS_ORIGINS', /must be an origin/],
    [
      'a wildcard in an origin',
      { CORS_ORIGINS: 'https://*.example.com' },
      'CORS_ORIGINS',
      /exact https origin/,
    ],
    [
      'an origin with the default port',
      { CORS_ORIGINS: 'https://a.example.com:443' },
      'CORS_ORIGINS',
      /exact/,
    ],
    ['an http origin', { CORS_ORIGINS: 'http://a.example.com' }, 'CORS_ORIGINS', /exact https origin/],
    [
      'an origin with a path',
      { CORS_ORIGINS: 'https://a.example.com/app' },
      'CORS_ORIGINS',
      /without a path/,
    ],
    ['no process', { WEB_CONCURRENCY: '0' }, 'WEB_CONCURRENCY', /from 1 to 99, or auto/],
    ['many processes', { WEB_CONCURRENCY: 'many' }, 'WEB_CONCURRENCY', /from 1 to 99, or auto/],
    ['cheap hashes', { BCRYPT_COST: '9' }, 'BCRYPT_COST', /at least 10/],
    [
      'no limit by address',
      { RATE_LIMIT_GLOBAL_PER_MINUTE: '0' },
      'RATE_LIMIT_GLOBAL_PER_MINUTE',
      /must not be 0/,
    ],
    [
      'no limit on sign-in',
      { RATE_LIMIT_AUTH_PER_15_MINUTES: '0' },
      'RATE_LIMIT_AUTH_PER_15_MINUTES',
      /not be 0/,
    ],
    ['no limit on writes', { RATE_LIMIT_WRITES_PER_MINUTE: '0' }, 'RATE_LIMIT_WRITES_PER_MINUTE', /not be 0/],
    ['public documentation', { DOCS_ENABLED: 'true' }, 'DOCS_ENABLED', /DOCS_PASSWORD/],
    ['a plain-http address', { PUBLIC_URL: 'http://api.example.com' }, 'PUBLIC_URL', /https/],
    ['an invalid number', { PORT: '3000 ' }, 'PORT', /must be a number/],
    ['a port above 65535', { PORT: '70000' }, 'PORT', /less than or equal to 65535/],
    ['an invalid boolean', { DOCS_ENABLED: 'yes' }, 'DOCS_ENABLED', /must be a boolean/],
    ['a drain beyond the hard deadline', { SHUTDOWN_DELAY_MS: '20000' }, 'SHUTDOWN_DELAY_MS', /less than/],
    ['an unknown NODE_ENV', { NODE_ENV: 'prod' }, 'NODE_ENV', /must be one of/],
  ];

  it.each(refusals)('rejects %s', (_what, change, name, message) => {
    const issues = issuesOf({ ...production, ...change });
    const [only = '', ...others] = Object.keys(issues);
    expect(others).toEqual([]);
    expect(only).toMatch(new RegExp(`^(?:${name})$`));
    expect(issues[only]).toMatch(message);
  });

  it('accepts a database behind a socket', () => {
    const url = 'postgres://root@/shop?host=/var/run/postgresql';
    expect(load({ ...production, DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  it('accepts proxies by number, address, network and name', () => {
    const trustOf = (TRUST_PROXY: string) => load({ ...production, TRUST_PROXY }).trustProxy;
    expect(trustOf('')).toBe(false);
    expect(trustOf('0')).toBe(false);
    expect(trustOf('1')).toBe(1);
    expect(trustOf('10.0.0.0/8, ::1,loopback')).toEqual(['10.0.0.0/8', '::1', 'loopback']);
  });
});

describe('configuration errors', () => {
  const bad: Environment = {
    NODE_ENV: 'production',
    DATABASE_URL: 'https://SENTINEL@db/x',
    JWT_SECRET: 'SENTINEL-short',
    PASSWORD_PEPPER: 'SENTINEL'.repeat(8),
    PORT: 'SENTINEL',
    CORS_ORIGINS: 'SENTINEL',
    TRUST_PROXY: 'SENTINEL',
    LOG_LEVEL: 'SENTINEL',
    BCRYPT_COST: '9',
    DOCS_ENABLED: 'SENTINEL',
    PUBLIC_URL: 'http://SENTINEL.example.com',
    REDIS_URL: 'SENTINEL',
  };

  it('list all problems, once per setting, with advice', () => {
    const error = errorOf(bad);
    const names = error?.issues.map(({ name }) => name) ?? [];
    const { NODE_ENV: _right, ...wrong } = bad;
    expect([...names].sort()).toEqual(Object.keys(wrong).sort());
    for (const name of names) expect(error?.message).toMatch(new RegExp(`^ {2}${name} \\w`, 'm'));
    expect(error?.message).toContain('See .env.example');
  });

  it('explain how to generate a secret, with OpenSSL and without', () => {
    const lacking = issuesOf({ ...production, JWT_SECRET: undefined })['JWT_SECRET'];
    expect(lacking).toMatch(
      /^is required; make one with: openssl rand -base64 48 \(without OpenSSL: node -e /,
    );
    expect(issuesOf({ ...production, JWT_SECRET: 'short' })['JWT_SECRET']).toMatch(/openssl.*node -e/);
  });

  it('name NODE_ENV if a setting is required in production only', () => {
    for (const name of ['DATABASE_URL', 'JWT_SECRET', 'PASSWORD_PEPPER'])
      expect(issuesOf({ ...production, NODE_ENV: undefined, [name]: undefined })[name]).toMatch(
        /^is required.*\(NODE_ENV is production\)$/,
      );
    expect(issuesOf({ ...production, NODE_ENV: 'test', JWT_SECRET: '' })['JWT_SECRET']).not.toMatch(
      /NODE_ENV/,
    );
  });

  it('never contain a value', () => {
    expect(errorOf(bad)?.message).not.toContain('SENTINEL');
    expect(JSON.stringify(errorOf(bad)?.issues)).not.toContain('SENTINEL');
  });

  it('never contain a value that fails the pattern of a module', () => {
    const shape = {
      MODULE_KEY: Joi.string().pattern(/^key-\d+$/),
      MODULE_NAMED: optional(Joi.string().pattern(/^\d+$/, 'digits')),
      MODULE_NOT: optional(Joi.string().pattern(/SENTINEL/, { invert: true })),
    };
    const values = { MODULE_KEY: 'SENTINEL', MODULE_NAMED: 'SENTINEL', MODULE_NOT: 'SENTINEL' };
    const attempt = () => loadConfig({ ...production, ...values }, [shape]);
    expect(attempt).toThrow(/MODULE_KEY has an invalid format[^]*MODULE_NAMED[^]*MODULE_NOT/);
    expect(attempt).not.toThrow(/SENTINEL/);
  });
});

describe('secrets in files', () => {
  let directory: string;
  let path: string;
  const value = secret();

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'strata-secret-'));
    path = join(directory, 'jwt');
    await writeFile(path, `${value}\n`);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('are read without the trailing newline', () => {
    const config = load({ ...production, JWT_SECRET: undefined, JWT_SECRET_FILE: path });
    expect(config.settingsOf({ JWT_SECRET: Joi.string() })).toEqual({ JWT_SECRET: value });
  });

  it('can be URLs too', async () => {
    await writeFile(join(directory, 'url'), 'postgres://app:kG8xQ2vN5tRw@db/x');
    const config = load({ ...production, DATABASE_URL: '', DATABASE_URL_FILE: join(directory, 'url') });
    expect(config.DATABASE_URL).toBe('postgres://app:kG8xQ2vN5tRw@db/x');
  });

  it('are rejected if also set directly', () => {
    const issues = issuesOf({ ...production, JWT_SECRET_FILE: path });
    expect(issues).toEqual({
      JWT_SECRET: 'is set twice: as JWT_SECRET and as JWT_SECRET_FILE; keep one',
    });
  });

  it('must be readable', () => {
    const issues = issuesOf({ ...production, JWT_SECRET: '', JWT_SECRET_FILE: join(directory, 'missing') });
    expect(issues).toEqual({ JWT_SECRET: 'cannot be read: check the file that JWT_SECRET_FILE names' });
  });

  it.each([
    ['a folder', () => directory, 'cannot be read: JWT_SECRET_FILE names a folder'],
    ['an empty file', () => join(directory, 'empty'), 'is empty: check the file that JWT_SECRET_FILE names'],
    [
      'UTF-16',
      () => join(directory, 'utf16'),
      'is not text: save the file that JWT_SECRET_FILE names as UTF-8',
    ],
    ['a dangling link', () => join(directory, 'dangling'), /^cannot be read: check the permissions/],
  ])('must not be %s', async (_what, pathOf, message) => {
    await writeFile(join(directory, 'empty'), '\n');
    await writeFile(join(directory, 'utf16'), Buffer.from(`\uFEFF${value}`, 'utf16le'));
    await symlink('nowhere', join(directory, 'dangling')).catch(() => undefined);
    const issues = issuesOf({ ...production, JWT_SECRET: '', JWT_SECRET_FILE: pathOf() });
    expect(issues).toEqual({ JWT_SECRET: expect.stringMatching(message) });
  });

  it('may have a byte order mark and Windows line endings', async () => {
    await writeFile(join(directory, 'windows'), `\uFEFF${value}\r\n`);
    const config = load({ ...production, JWT_SECRET: '', JWT_SECRET_FILE: join(directory, 'windows') });
    expect(config.settingsOf({ JWT_SECRET: Joi.string() })).toEqual({ JWT_SECRET: value });
  });

  it('are validated by the same rules', async () => {
    await writeFile(join(directory, 'short'), 'too-short');
    const issues = issuesOf({ ...production, JWT_SECRET: '', JWT_SECRET_FILE: join(directory, 'short') });
    expect(issues['JWT_SECRET']).toMatch(/^\(JWT_SECRET_FILE\) .*at least 32/);
  });

  it('are validated by the same rules if typed', async () => {
    await writeFile(join(directory, 'typed'), 'strata-production-jwt-key-for-acme-shop-2026\n');
    const issues = issuesOf({ ...production, JWT_SECRET: '', JWT_SECRET_FILE: join(directory, 'typed') });
    expect(issues['JWT_SECRET']).toMatch(/easy to guess.*openssl rand/);
  });

  it('are supported for secrets only', () => {
    expect(load({ ...production, PORT_FILE: path }).PORT).toBe(3_000);
  });
});

describe('config', () => {
  it('is frozen', () => {
    const config = load(production);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.CORS_ORIGINS)).toBe(true);
  });

  it('returns only the settings that a module declared', () => {
    const shape = { SHELF_COUNT: withDefault(integer(1, 9), 3), SHELF_NAME: optional(Joi.string()) };
    const config = loadConfig({ ...production, SHELF_COUNT: '5', UNKNOWN: 'x' }, [shape]);
    expect(config.settingsOf(shape)).toEqual({ SHELF_COUNT: 5 });
    expect(config).not.toHaveProperty('UNKNOWN');
  });

  it('has higher slow thresholds in development by default', () => {
    const development = { ...production, NODE_ENV: 'development' };
    expect(load(development)).toMatchObject({ slowQueryMs: 1_000, slowLoopMs: 1_000 });
    const told = { SLOW_QUERY_MS: '50', SLOW_LOOP_MS: '0' };
    expect(load({ ...development, ...told })).toMatchObject({ slowQueryMs: 50, slowLoopMs: 0 });
  });

  it('is lenient in development', () => {
    const config = testConfig({ DATABASE_URL: 'postgres://postgres:postgres@localhost/x', PORT: '4000' });
    expect(config).toMatchObject({
      isProduction: false,
      isDocsEnabled: true,
      isCookieSecure: false,
      slowQueryMs: 0,
      slowLoopMs: 0,
      shutdownDelayMs: 0,
      publicUrl: 'http://localhost:4000',
      BCRYPT_COST: 4,
    });
    expect(
      testConfig({ ...testEnvironment, DATABASE_URL: 'postgres://a@b/c', PUBLIC_URL: 'https://x.example' }),
    ).toMatchObject({
      isCookieSecure: true,
    });
  });
});
