import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { redirectUri, settingsFor, signInAs, newPerson, startAcme } from './flow.ts';
import type { TestProvider } from './provider.ts';

const discovery = 'GET /.well-known/openid-configuration';

describe('GET /auth/oidc', () => {
  it('200 with the names of the configured providers, or an empty list', async () => {
    const provider = await startAcme();
    // The app must start without a provider, because it contacts a provider only at the first sign-in.
    await provider.close();
    await withTestApp({ settings: settingsFor(provider, ['acme', 'other']) }, async (test) => {
      const response = await test.http.get('/auth/oidc').expect(200);
      expect(response.body).toEqual({ status: 'success', data: [{ name: 'acme' }, { name: 'other' }] });
    });
    await withTestApp({}, async (test) => {
      expect((await test.http.get('/auth/oidc').expect(200)).body.data).toEqual([]);
    });
  });
});

describe('GET /auth/oidc/:provider', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    test = await buildTestApp({ settings: settingsFor(provider) });
  });
  afterEach(() => {
    provider.intercept = null;
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  it('302 to the provider, with state, nonce, PKCE and the browser cookie', async () => {
    const response = await test.http.get('/auth/oidc/acme').expect(302);
    expect(response.get('Cache-Control')).toBe('no-store');
    const url = new URL(response.get('Location') ?? '');
    expect(url.origin).toBe(provider.issuer);
    const secret = expect.stringMatching(/^[\w-]{43}$/);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'strata',
      redirect_uri: redirectUri('acme'),
      scope: 'openid email profile',
      prompt: 'select_account',
      state: secret,
      nonce: secret,
      code_challenge: secret,
      code_challenge_method: 'S256',
    });
    expect(response.get('Set-Cookie')).toEqual([
      expect.stringMatching(/^oidc=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('302 with new secrets each time, none of which is stored in plain text', async () => {
    const [first, second] = [
      await test.http.get('/auth/oidc/acme').expect(302),
      await test.http.get('/auth/oidc/acme').expect(302),
    ];
    const secretsOf = (response: typeof first) => {
      const { searchParams } = new URL(response.get('Location') ?? '');
      return [cookieOf(response).slice('oidc='.length), searchParams.get('state') ?? ''];
    };
    expect(new Set([...secretsOf(first), ...secretsOf(second)]).size).toBe(4);
    const rows = await test.db.query<{ code_verifier: string }>('SELECT * FROM oidc_flows');
    for (const secret of secretsOf(first)) expect(JSON.stringify(rows)).not.toContain(secret);
    for (const row of rows) expect(row.code_verifier).toMatch(/^e1\./);
  });

  it('302 with a secure cookie if the service uses https', async () => {
    const settings = { ...settingsFor(provider), PUBLIC_URL: 'https://api.example.com' };
    await withTestApp({ settings }, async (secure) => {
      const response = await secure.http.get('/auth/oidc/acme').expect(302);
      expect(response.get('Set-Cookie')?.[0]).toMatch(
        /^__Host-oidc=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      const url = new URL(response.get('Location') ?? '');
      expect(url.searchParams.get('redirect_uri')).toBe(
        'https://api.example.com/api/v1/auth/oidc/acme/callback',
      );
    });
  });

  it('302 with one discovery for concurrent requests, and another after an hour', async () => {
    await withTestApp({ settings: settingsFor(provider) }, async (fresh) => {
      const count = () => provider.requests.filter((request) => request === discovery).length;
      const before = count();
      await Promise.all([1, 2, 3].map(() => fresh.http.get('/auth/oidc/acme').expect(302)));
      fresh.clock.advance(59 * 60_000);
      await fresh.http.get('/auth/oidc/acme').expect(302);
      expect(count() - before).toBe(1);
      fresh.clock.advance(2 * 60_000);
      await fresh.http.get('/auth/oidc/acme').expect(302);
      expect(count() - before).toBe(2);
    });
  });

  it('400 for an invalid provider name', async () => {
    const response = await test.http.get('/auth/oidc/ACME');
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(response.body.details).toMatchObject([{ in: 'params', path: 'provider' }]);
  });

  it('404 for a provider that is not configured', async () => {
    expectError(await test.http.get('/auth/oidc/nobody'), 404, 'OIDC_PROVIDER_NOT_FOUND');
  });

  it('503 for a provider that is down, and 302 once it is up again', async () => {
    await withTestApp({ settings: settingsFor(provider) }, async (fresh) => {
      provider.intercept = (req) => {
        req.socket.destroy();
        return true;
      };
      const response = await fresh.http.get('/auth/oidc/acme');
      expectError(response, 503, 'OIDC_PROVIDER_UNAVAILABLE');
      expect(response.get('Retry-After')).toBe('5');
      expect(response.get('Set-Cookie')).toBeUndefined();
      provider.intercept = null;
      expect((await signInAs(fresh, provider, newPerson())).status).toBe(200);
    });
  });

  it('503 before the deadline for a provider that never responds, and for a response that never ends', async () => {
    await withTestApp({ settings: settingsFor(provider) }, async (fresh) => {
      const expectPatience = async () => {
        expectError(await fresh.http.get('/auth/oidc/acme'), 503, 'OIDC_PROVIDER_UNAVAILABLE');
      };
      provider.intercept = () => true;
      await expectPatience();
      provider.intercept = (_req, res) => {
        res.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
        return true;
      };
      await expectPatience();
    });
  });

  it('503 for a provider that redirects, which is not followed', async () => {
    await withTestApp({ settings: settingsFor(provider) }, async (fresh) => {
      const asked = provider.requests.length;
      provider.intercept = (_req, res) => {
        res.writeHead(302, { Location: '/elsewhere' }).end();
        return true;
      };
      expectError(await fresh.http.get('/auth/oidc/acme'), 503, 'OIDC_PROVIDER_MISCONFIGURED');
      expect(provider.requests.slice(asked)).toEqual([discovery]);
    });
  });
});
