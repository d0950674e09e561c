import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import {
  sendCallback,
  visitProviderAs,
  publicUrl,
  redirectUri,
  settingsFor,
  signInAs,
  newPerson,
  startAcme,
} from './flow.ts';
import type { TestProvider } from './provider.ts';

const json = { 'Content-Type': 'application/json' };

describe('a misconfigured provider', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    test = await buildTestApp({ settings: settingsFor(provider) });
  });
  afterEach(() => {
    provider.changeClaims = null;
    provider.intercept = null;
    test.logger.lines.length = 0;
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  const errorsOf = ({ logger }: TestApp) => logger.lines.filter(({ level }) => level === 'error');

  /** Expects a response without Retry-After, and one log line that says what to do. */
  const expectReport = (
    response: Awaited<ReturnType<typeof signInAs>>,
    app: TestApp,
    advice: RegExp,
  ): void => {
    expectError(response, 503, 'OIDC_PROVIDER_MISCONFIGURED');
    expect(response.body.message).toContain('misconfigured');
    expect(response.get('Retry-After')).toBeUndefined();
    const [line, ...others] = errorsOf(app);
    expect(others).toEqual([]);
    const { code, error } = line?.fields as { code: string; error: Error };
    expect(code).toBe('OIDC_PROVIDER_MISCONFIGURED');
    expect(error.message).toMatch(/^OIDC_PROVIDERS, "acme": /);
    expect(error.message).toMatch(advice);
  };

  const withSettings = (overrides: object, run: (app: TestApp) => Promise<void>): Promise<void> =>
    withTestApp({ settings: settingsFor(provider, ['acme'], overrides), databaseUrl: test.databaseUrl }, run);

  it('503 for a wrong secret', async () => {
    await withSettings({ clientSecret: 'wrong' }, async (app) => {
      const response = await signInAs(app, provider, newPerson());
      expectReport(response, app, /check "clientId" and "clientSecret"/);
      expect(JSON.stringify(app.logger.lines.map(({ fields }) => String(fields['error'])))).not.toContain(
        'wrong',
      );
    });
  });

  it.each<[string, number, object, RegExp]>([
    ['a secret, as Entra and Apple do', 400, { error: 'invalid_client' }, /"clientSecret"/],
    [
      'a secret, as Keycloak does',
      401,
      { error: 'unauthorized_client', error_description: 'Invalid client' },
      /"clientSecret"/,
    ],
    [
      'a secret, as Auth0 does',
      401,
      { error: 'access_denied', error_description: 'Unauthorized' },
      /"clientSecret"/,
    ],
    ['a flow', 400, { error: 'unsupported_grant_type' }, /authorization code flow/],
    ['a redirect URI', 400, { error: 'redirect_uri_mismatch' }, /register http:\/\/localhost:3000\/api/],
    [
      'a redirect URI, in its description',
      400,
      { error: 'invalid_grant', error_description: 'Incorrect redirect_uri' },
      /register .*PUBLIC_URL/,
    ],
    ['scopes', 400, { error: 'invalid_scope' }, /check "scopes"/],
  ])('503 for a token endpoint that rejects %s', async (_what, status, body, advice) => {
    const back = await visitProviderAs(test, provider, newPerson());
    provider.intercept = (req, res) => {
      if (req.url !== '/token') return false;
      res.writeHead(status, json).end(JSON.stringify(body));
      return true;
    };
    expectReport(await sendCallback(test, back), test, advice);
  });

  it.each([
    ['invalid_scope', '', /check "scopes"/],
    ['unauthorized_client', '', /authorization code flow/],
    ['invalid_request', 'prompt is not supported', /prompt is not supported; .*"prompt"/],
    ['invalid_request', 'redirect_uri did not match', /register http/],
  ])('503 for a callback with %s: %s', async (error, error_description, advice) => {
    const { query, cookie } = await visitProviderAs(test, provider, newPerson());
    const sent = new URLSearchParams(query);
    const answer = new URLSearchParams({
      state: sent.get('state') ?? '',
      iss: provider.issuer,
      error,
      error_description,
    });
    expectReport(await sendCallback(test, { query: `?${answer.toString()}`, cookie }), test, advice);
  });

  it.each(['server_error', 'temporarily_unavailable'])('503 with Retry-After for %s', async (error) => {
    const { query, cookie } = await visitProviderAs(test, provider, newPerson());
    const state = new URLSearchParams(query).get('state') ?? '';
    const answer = new URLSearchParams({ state, iss: provider.issuer, error });
    const response = await sendCallback(test, { query: `?${answer.toString()}`, cookie });
    expectError(response, 503, 'OIDC_PROVIDER_UNAVAILABLE');
    expect(response.get('Retry-After')).toBe('5');
  });

  it.each<[string, number, object | string, RegExp]>([
    ['nothing', 404, {}, /discovery at .*status 404\); correct "issuer"/],
    ['a redirect', 302, {}, /status 302/],
    ['a page', 200, '<html>', /correct "issuer"/],
    [
      'another issuer',
      200,
      { issuer: 'https://other.example' },
      /contains the issuer https:\/\/other\.example/,
    ],
  ])('503 for an issuer with %s at its discovery URL', async (_what, status, body, advice) => {
    await withSettings({}, async (app) => {
      provider.intercept = (_req, res) => {
        const headers =
          typeof body === 'string' ? { 'Content-Type': 'text/html' } : { ...json, Location: '/elsewhere' };
        res.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
        return true;
      };
      expectReport(await app.http.get('/auth/oidc/acme'), app, advice);
    });
  });

  it('503 for an issuer whose document has no authorization endpoint', async () => {
    await withSettings({}, async (app) => {
      provider.intercept = (_req, res) => {
        res.writeHead(200, json).end(JSON.stringify({ issuer: provider.issuer }));
        return true;
      };
      expectReport(await app.http.get('/auth/oidc/acme'), app, /no authorization_endpoint/);
    });
  });

  it.each([
    ['expired an hour ago', { exp: Math.floor(Date.now() / 1_000) - 3_600 }],
    ['is not valid before the next hour', { nbf: Math.floor(Date.now() / 1_000) + 3_600 }],
  ])('503 if, by the clock, the id_token %s', async (_what, times) => {
    provider.changeClaims = (claims) => ({ ...claims, ...times });
    expectReport(await signInAs(test, provider, newPerson()), test, /correct the clock/);
  });

  it('is also logged if the browser is redirected to a page', async () => {
    const settings = {
      ...settingsFor(provider, ['acme'], { clientSecret: 'wrong' }),
      OIDC_RETURN_URL: `${publicUrl}/in`,
    };
    await withTestApp({ settings, databaseUrl: test.databaseUrl }, async (app) => {
      const response = await signInAs(app, provider, newPerson());
      expect(response.get('Location')).toBe(`${publicUrl}/in#error=OIDC_PROVIDER_MISCONFIGURED`);
      expect(errorsOf(app).map(({ fields }) => fields['code'])).toEqual(['OIDC_PROVIDER_MISCONFIGURED']);
    });
  });

  it('has the redirect URI to register', () => {
    expect(redirectUri('acme')).toBe(`${publicUrl}/api/v1/auth/oidc/acme/callback`);
  });
});
