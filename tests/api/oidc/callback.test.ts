import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { refresh, setCookiesOf } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
// #region mfa
import { buildMfaUser, totpCode, verifyMfa } from '../../helpers/mfa.ts';
// #endregion
import { withTestApp } from '../../helpers/with-app.ts';
import {
  sendCallback,
  listSignInFailures,
  visitProviderAs,
  // #region mfa
  visitProviderToLinkAs,
  // #endregion
  redirectUri,
  settingsFor,
  signInAs,
  newPerson,
  startAcme,
} from './flow.ts';
import type { TestProvider } from './provider.ts';

const clearedFlow = 'oidc=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax';

describe('GET /auth/oidc/:provider/callback', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    test = await buildTestApp({ settings: settingsFor(provider, ['acme', 'other']) });
  });
  afterEach(() => {
    provider.intercept = null;
    provider.changeTokenResponse = null;
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  const cookieNamed = (headers: readonly string[], name: string) =>
    headers.find((header) => header.startsWith(`${name}=`)) ?? '';

  it('200 creates an account for a new identity and signs in', async () => {
    const person = newPerson({ email: 'New.Person@Acme.Example' });
    const response = await signInAs(test, provider, person);
    expect(response.status).toBe(200);
    expect(response.get('Cache-Control')).toBe('no-store');
    const { user, accessToken } = response.body.data;
    expect(user).toMatchObject({
      email: 'new.person@acme.example',
      emailVerified: true,
      name: 'Olga Openid',
      roles: ['user'],
      status: 'active',
    });
    expect((await test.as({ accessToken }).get('/users/me').expect(200)).body.data.id).toBe(user.id);
    const cookies = setCookiesOf(response);
    expect(cookies).toContain(clearedFlow);
    await refresh(test, cookieNamed(cookies, 'refresh').split(';')[0] ?? '').expect(200);
    expect(await auditEventsOf(test, 'oidc', user.id)).toMatchObject([
      { type: 'oidc.account_created', actorId: user.id, details: { provider: 'acme' } },
    ]);
    expect(await auditEventsOf(test, 'auth', user.id)).toMatchObject([
      { type: 'auth.signed_in', details: { method: 'oidc', hasMfa: false } },
    ]);
    const [row] = await test.db.query('SELECT password_hash FROM users WHERE id = $1', [user.id]);
    expect(row).toEqual({ password_hash: null });
  });

  it('200 signs in to the same account the next time, also with another address', async () => {
    const person = newPerson();
    const first = await signInAs(test, provider, person);
    const again = await signInAs(test, provider, {
      ...person,
      email: 'moved@acme.example',
      email_verified: false,
    });
    expect(again.status).toBe(200);
    expect(again.body.data.user).toEqual(first.body.data.user);
    expect(await auditEventsOf(test, 'auth', first.body.data.user.id)).toHaveLength(2);
  });

  it('200 with the local part of the address if the provider sends no name, and without control characters', async () => {
    const { name: _unnamed, ...nameless } = newPerson({ email: 'quiet@acme.example' });
    expect((await signInAs(test, provider, nameless)).body.data.user.name).toBe('quiet');
    const odd = await signInAs(test, provider, newPerson({ name: `\u0000 Ann\nLee ${'x'.repeat(300)}` }));
    expect(odd.status).toBe(200);
    expect(odd.body.data.user.name).toMatch(/^Ann Lee x{192}$/);
  });

  it('200 with an e-mail address in the id_token, and client_secret_post', async () => {
    const talkative = await startAcme({ putsEmailInIdToken: true, authMethod: 'client_secret_post' });
    try {
      await withTestApp({ settings: settingsFor(talkative) }, async (app) => {
        expect((await signInAs(app, talkative, newPerson())).status).toBe(200);
        expect(talkative.requests.filter((request) => request.endsWith('/me'))).toEqual([]);
        expect((await signInAs(app, talkative, newPerson({ email_verified: false }))).status).toBe(403);
      });
    } finally {
      await talkative.close();
    }
  });

  it('200 for a flow started in another process', async () => {
    await withTestApp({ settings: settingsFor(provider), databaseUrl: test.databaseUrl }, async (other) => {
      expect((await sendCallback(other, await visitProviderAs(test, provider, newPerson()))).status).toBe(
        200,
      );
    });
  });

  // #region mfa
  it('200 with an mfaToken for an account with a second factor', async () => {
    const user = await buildMfaUser(test);
    const person = newPerson();
    expect((await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person))).status).toBe(
      200,
    );
    const pending = await signInAs(test, provider, person);
    expect(pending.status).toBe(200);
    expect(pending.body.data).toEqual({ mfaRequired: true, mfaToken: expect.any(String) });
    expect(setCookiesOf(pending)).toEqual([clearedFlow]);
    const signedIn = await verifyMfa(test, pending.body.data.mfaToken, totpCode(test, user));
    expect(signedIn.body.data.user.id).toBe(user.id);
  });
  // #endregion

  it('200 for one of two concurrent callbacks with the same state', async () => {
    const back = await visitProviderAs(test, provider, newPerson());
    const responses = await sendWhileLocked(test, 'LOCK TABLE oidc_flows IN SHARE MODE', [
      sendCallback(test, back),
      sendCallback(test, back),
    ]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await listSignInFailures(test)).at(-1)).toBe('unknown_state');
  });

  it('200 for two concurrent tabs of a new user, with one account', async () => {
    const person = newPerson();
    const backs = [
      await visitProviderAs(test, provider, person),
      await visitProviderAs(test, provider, person),
    ];
    const responses = await sendWhileLocked(
      test,
      'LOCK TABLE users IN SHARE MODE',
      backs.map((back) => sendCallback(test, back)),
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    const ids = responses.map(({ body }) => body.data.user.id as string);
    expect(new Set(ids).size).toBe(1);
  });

  it('uses the configured redirect URI, not the Host header', async () => {
    const start = await test.http
      .get('/auth/oidc/acme')
      .set({ Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' })
      .expect(302);
    const url = new URL(start.get('Location') ?? '');
    expect(url.searchParams.get('redirect_uri')).toBe(redirectUri('acme'));
  });

  it('400 for a repeated parameter', async () => {
    expectError(await test.http.get('/auth/oidc/acme/callback?state=a&state=b'), 400, 'VALIDATION_ERROR');
  });

  describe('401 with the same error', () => {
    const expectFailure = async (response: Awaited<ReturnType<typeof signInAs>>, reason: string) => {
      expectError(response, 401, 'OIDC_SIGN_IN_FAILED');
      expect(response.body.message).toBe('The sign-in with this provider failed. Start again.');
      expect(cookieNamed(setCookiesOf(response), 'refresh')).toBe('');
      expect((await listSignInFailures(test)).at(-1)).toBe(reason);
    };

    it('without a state, and with an unknown one', async () => {
      await expectFailure(await test.http.get('/auth/oidc/acme/callback'), 'unknown_state');
      await expectFailure(
        await test.http.get('/auth/oidc/acme/callback?state=made-up&code=x'),
        'unknown_state',
      );
    });

    it('for a used state with a new code', async () => {
      const used = await visitProviderAs(test, provider, newPerson());
      expect((await sendCallback(test, used)).status).toBe(200);
      await expectFailure(await sendCallback(test, used), 'unknown_state');
    });

    it('for a nonce of another flow', async () => {
      const back = await visitProviderAs(test, provider, newPerson());
      await test.db.query(`UPDATE oidc_flows SET nonce = 'another'`);
      await expectFailure(await sendCallback(test, back), 'answer_refused');
    });

    it('for a code verifier of another flow', async () => {
      const [mine, other] = [
        await visitProviderAs(test, provider, newPerson()),
        await visitProviderAs(test, provider, newPerson()),
      ];
      const codeOf = ({ query }: typeof mine) => new URLSearchParams(query).get('code') ?? '';
      // Act as an attacker who has stolen a code from the sign-in of another user and inserts it into their own
      // callback.
      const query = mine.query.replace(codeOf(mine), codeOf(other));
      await expectFailure(await sendCallback(test, { ...mine, query }), 'code_refused');
    });

    it('for another browser, without a cookie or with its own cookie', async () => {
      const [mine, theirs] = [
        await visitProviderAs(test, provider, newPerson()),
        await visitProviderAs(test, provider, newPerson()),
      ];
      await expectFailure(await sendCallback(test, { ...mine, cookie: theirs.cookie }), 'other_browser');
      await expectFailure(await test.http.get(`/auth/oidc/acme/callback${theirs.query}`), 'other_browser');
    });

    it('for a flow of another provider', async () => {
      const back = await visitProviderAs(test, provider, newPerson(), 'other');
      await expectFailure(await sendCallback(test, back), 'other_provider');
    });

    it('for a flow that took more than ten minutes', async () => {
      const back = await visitProviderAs(test, provider, newPerson());
      await test.db.query(`UPDATE oidc_flows SET expires_at = now()`);
      await expectFailure(await sendCallback(test, back), 'expired');
    });

    it('for a modified code', async () => {
      const back = await visitProviderAs(test, provider, newPerson());
      const query = back.query.replace(/code=../, 'code=__');
      await expectFailure(await sendCallback(test, { ...back, query }), 'code_refused');
    });

    it('for another issuer', async () => {
      const back = await visitProviderAs(test, provider, newPerson());
      const query = back.query.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example');
      await expectFailure(await sendCallback(test, { ...back, query }), 'answer_refused');
    });

    const changed = (idToken: unknown, change: (claims: Record<string, unknown>) => object): string => {
      const [header, payload = '', signature] = String(idToken).split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const forged = Buffer.from(JSON.stringify(change(claims))).toString('base64url');
      return `${header}.${forged}.${signature}`;
    };

    it.each([
      ['for another client', { aud: 'another' }],
      ['of another issuer', { iss: 'https://evil.example' }],
      ['whose signature is not over it', { locale: 'de' }],
    ])('for an id_token %s', async (_case, claims) => {
      provider.changeTokenResponse = (answer) => ({
        ...answer,
        id_token: changed(answer['id_token'], (own) => ({ ...own, ...claims })),
      });
      await expectFailure(await signInAs(test, provider, newPerson()), 'answer_refused');
    });

    it('for a token response without an id_token', async () => {
      provider.changeTokenResponse = ({ id_token: _without, ...answer }) => answer;
      await expectFailure(await signInAs(test, provider, newPerson()), 'answer_refused');
    });

    it('for a provider that redirects the token request', async () => {
      const back = await visitProviderAs(test, provider, newPerson());
      provider.intercept = (req, res) => {
        if (req.url !== '/token') return false;
        res.writeHead(307, { Location: `${test.url}/health/live` }).end();
        return true;
      };
      await expectFailure(await sendCallback(test, back), 'answer_refused');
    });

    it('for a user who declines', async () => {
      const back = await visitProviderAs(test, provider, null);
      expect(back.query).toContain('error=access_denied');
      await expectFailure(await sendCallback(test, back), 'provider_refused');
      await expectFailure(await sendCallback(test, back), 'unknown_state');
    });

    it('for a disabled account', async () => {
      const person = newPerson();
      const { user } = (await signInAs(test, provider, person)).body.data;
      await test.db.query(`UPDATE users SET status = 'disabled' WHERE id = $1`, [user.id]);
      await expectFailure(await signInAs(test, provider, person), 'account_inactive');
    });
  });

  it('403 for an unverified or missing address', async () => {
    const unverified = await signInAs(test, provider, newPerson({ email_verified: false }));
    expectError(unverified, 403, 'OIDC_EMAIL_UNVERIFIED');
    const { email_verified: _unsaid, ...unsaid } = newPerson();
    expectError(await signInAs(test, provider, unsaid), 403, 'OIDC_EMAIL_UNVERIFIED');
    expectError(await signInAs(test, provider, { sub: 'no-address' }), 403, 'OIDC_EMAIL_UNVERIFIED');
    const malformed = await signInAs(test, provider, newPerson({ email: 'no address' }));
    expectError(malformed, 403, 'OIDC_EMAIL_UNVERIFIED');
  });

  it('404 for a provider that is not configured', async () => {
    expectError(await test.http.get('/auth/oidc/nobody/callback'), 404, 'OIDC_PROVIDER_NOT_FOUND');
  });

  it('409 for an address that has an account, which is not linked automatically', async () => {
    const user = await test.buildUser();
    const response = await signInAs(test, provider, newPerson({ email: user.email.toUpperCase() }));
    expectError(response, 409, 'OIDC_LINK_REQUIRED');
    expect((await test.as(user).get('/auth/oidc/links').expect(200)).body.data).toEqual([]);
  });

  it('503 for a provider that fails', async () => {
    const back = await visitProviderAs(test, provider, newPerson());
    provider.intercept = (req, res) => {
      if (req.url !== '/token') return false;
      res.writeHead(502).end();
      return true;
    };
    const response = await sendCallback(test, back);
    expectError(response, 503, 'OIDC_PROVIDER_UNAVAILABLE');
    expect(response.get('Retry-After')).toBe('5');
  });

  it('503 before the deadline for a provider that never responds', async () => {
    const back = await visitProviderAs(test, provider, newPerson());
    provider.intercept = (req) => req.url === '/token';
    expectError(await sendCallback(test, back), 503, 'OIDC_PROVIDER_UNAVAILABLE');
  });
});
