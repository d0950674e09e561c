import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../src/app.ts';
import { ConfigError } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/environment.ts';
import { modules } from '../../../src/modules.ts';
import { createDependencies, loadModulesConfig } from '../../../src/process/dependencies.ts';
import { testEnvironment } from '../../helpers/config.ts';

const google = {
  name: 'google',
  issuer: 'https://accounts.google.com',
  clientId: 'SENTINEL-client',
  clientSecret: 'SENTINEL-secret',
};

const base: Environment = { ...testEnvironment, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
const production: Environment = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://strata:kG8xQ2vN5tRw@db.internal:5432/strata',
  JWT_SECRET: randomBytes(48).toString('base64'),
  PASSWORD_PEPPER: randomBytes(48).toString('base64'),
  PUBLIC_URL: 'https://api.example.com',
};

/** Builds an app with this environment. Returns the problems with its settings as `NAME message`. */
function issuesOf(env: Environment): string[] {
  try {
    const config = loadModulesConfig(env, modules);
    createApp(createDependencies(config, modules), modules);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // A message about a setting must not contain its value, because values may be secrets.
    expect(error.message).not.toContain('SENTINEL');
    return error.issues.map(({ name, message }) => `${name} ${message}`);
  }
}

const providers = (...list: readonly object[]): Environment => ({ OIDC_PROVIDERS: JSON.stringify(list) });

describe('OIDC_PROVIDERS', () => {
  it('accepts a JSON list, also from a file and in production', async () => {
    const github = { ...google, name: 'github', issuer: 'https://dex.example.com', scopes: 'openid email' };
    const tenant = 'https://login.microsoftonline.com/7f1f2d0e-0000-4000-8000-000000000001/v2.0';
    const entra = { ...google, name: 'entra', issuer: tenant, trustsEmail: true };
    const apple = {
      ...google,
      name: 'apple',
      issuer: 'https://appleid.apple.com',
      responseMode: 'form_post',
    };
    expect(issuesOf({ ...base, ...providers(google, github, entra, apple) })).toEqual([]);
    expect(issuesOf({ ...production, ...providers(google, github) })).toEqual([]);
    const folder = await mkdtemp(join(tmpdir(), 'strata-oidc-'));
    try {
      const file = join(folder, 'providers.json');
      await writeFile(file, `${JSON.stringify([google])}\n`);
      expect(issuesOf({ ...base, OIDC_PROVIDERS_FILE: file })).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const { clientId: _none, ...withoutClient } = google;
  const cases: [string, Environment, string][] = [
    ['invalid JSON', { OIDC_PROVIDERS: '[{SENTINEL' }, 'OIDC_PROVIDERS must be a JSON list'],
    ['a JSON object', { OIDC_PROVIDERS: '{"name":"SENTINEL"}' }, 'OIDC_PROVIDERS must be a JSON list'],
    ['a missing client id', providers(withoutClient), 'OIDC_PROVIDERS (0.clientId) is required'],
    ['an empty secret', providers({ ...google, clientSecret: '' }), 'OIDC_PROVIDERS (0.clientSecret)'],
    ['an unknown field', providers({ ...google, SENTINEL: 1 }), 'OIDC_PROVIDERS (0) is not allowed'],
    [
      'a duplicate name',
      providers(google, google),
      'OIDC_PROVIDERS (1) has the same name as another provider',
    ],
    [
      'an upper-case name',
      providers({ ...google, name: 'SENTINEL' }),
      'OIDC_PROVIDERS (0.name) must be 1 to 30',
    ],
    ['the name of a route', providers({ ...google, name: 'links' }), 'OIDC_PROVIDERS (0.name) must be'],
    ['an invalid issuer', providers({ ...google, issuer: 'SENTINEL' }), 'OIDC_PROVIDERS (0.issuer) must be'],
    [
      'an unknown response mode',
      providers({ ...google, responseMode: 'SENTINEL' }),
      'OIDC_PROVIDERS (0.responseMode) must be',
    ],
    [
      'trustsEmail as a string',
      providers({ ...google, trustsEmail: 'true' }),
      'OIDC_PROVIDERS (0.trustsEmail) must be',
    ],
    [
      'trustsEmail for many tenants',
      providers({ ...google, issuer: 'https://login.microsoftonline.com/common/v2.0', trustsEmail: true }),
      'OIDC_PROVIDERS must name a single tenant',
    ],
    [
      'scopes without openid',
      providers({ ...google, scopes: 'email SENTINEL' }),
      'OIDC_PROVIDERS (0.scopes) must be',
    ],
  ];

  it.each(cases)('rejects %s, without printing a value', (_case, settings, issue) => {
    expect(issuesOf({ ...base, ...settings })).toEqual([expect.stringContaining(issue)]);
  });

  it('requires https and PUBLIC_URL in production', () => {
    const plain = providers({ ...google, issuer: 'http://accounts.example.com' });
    expect(issuesOf({ ...base, ...plain })).toEqual([]);
    expect(issuesOf({ ...production, ...plain })).toEqual([
      expect.stringContaining('OIDC_PROVIDERS must contain only https issuers'),
    ]);
    const { PUBLIC_URL: _unset, ...unaddressed } = production;
    expect(issuesOf({ ...unaddressed, ...providers(google) })).toEqual([
      expect.stringContaining('PUBLIC_URL is required with OIDC_PROVIDERS'),
    ]);
  });
});

describe('OIDC_RETURN_URL', () => {
  const origins = { PUBLIC_URL: 'https://api.example.com', APP_URL: 'https://www.example.com' };
  const env = { ...base, ...origins, CORS_ORIGINS: 'https://app.example.com' };

  it.each(['https://api.example.com/x', 'https://www.example.com/', 'https://app.example.com/signed/in'])(
    'accepts %s',
    (url) => {
      expect(issuesOf({ ...env, OIDC_RETURN_URL: url })).toEqual([]);
    },
  );

  it.each([
    'https://evil.example/x',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://app.example.com/?token=x',
    'https://app.example.com/#x',
    'javascript:alert(1)',
  ])('rejects %s', (url) => {
    expect(issuesOf({ ...env, OIDC_RETURN_URL: url })).toEqual([
      expect.stringMatching(/^OIDC_RETURN_URL must be/),
    ]);
  });
});
