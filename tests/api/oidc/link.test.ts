import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError } from '../../helpers/errors.ts';
import { mailTo } from '../../helpers/mails.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import {
  sendCallback,
  listSignInFailures,
  visitProviderToLinkAs,
  redirectUri,
  settingsFor,
  signInAs,
  newPerson,
  startAcme,
} from './flow.ts';
import type { TestProvider } from './provider.ts';

describe('POST /auth/oidc/:provider/link', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    test = await buildTestApp({ settings: settingsFor(provider) });
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  const linksOf = async (user: { accessToken: string }) =>
    (await test.as(user).get('/auth/oidc/links').expect(200)).body.data as object[];

  it('200 with the URL of the provider and the flow cookie', async () => {
    const response = await test
      .as(await test.buildUser())
      .post('/auth/oidc/acme/link')
      .expect(200);
    expect(Object.keys(response.body.data)).toEqual(['url']);
    expect(new URL(response.body.data.url).searchParams.get('redirect_uri')).toBe(redirectUri('acme'));
    expect(cookieOf(response)).toMatch(/^oidc=[\w-]{43}$/);
  });

  it('200 at the callback links the identity, notifies by mail, and then signs in', async () => {
    const user = await test.buildUser({ name: 'Lina <Link>' });
    const person = newPerson({ email: user.email });
    expectError(await signInAs(test, provider, person), 409, 'OIDC_LINK_REQUIRED');

    const response = await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person));

    expect(response.status).toBe(200);
    expect(response.body.data).toEqual({ linked: true, provider: 'acme' });
    expect(response.get('Set-Cookie')).toEqual(['oidc=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
    expect(await linksOf(user)).toEqual([
      { provider: 'acme', linkedAt: expect.any(String), lastUsedAt: expect.any(String) },
    ]);
    expect(await auditEventsOf(test, 'oidc', user.id)).toMatchObject([
      { type: 'oidc.linked', actorId: user.id, details: { provider: 'acme' } },
    ]);
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toContain('You can now sign in with acme');
    expect(mail.html).not.toContain('Lina <Link>');
    const signedIn = await signInAs(test, provider, person);
    expect(signedIn.body.data.user.id).toBe(user.id);
  });

  it('200 at the callback for an identity that is already linked to the user', async () => {
    const [user, person] = [await test.buildUser(), newPerson()];
    for (const _time of [1, 2])
      expect(
        (await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person))).status,
      ).toBe(200);
    expect(await linksOf(user)).toHaveLength(1);
    expect(await auditEventsOf(test, 'oidc', user.id)).toHaveLength(1);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.post('/auth/oidc/acme/link'), 401, 'UNAUTHENTICATED');
  });

  it('401 at the callback if the access tokens were revoked meanwhile', async () => {
    const user = await test.buildUser();
    const back = await visitProviderToLinkAs(test, provider, user, newPerson());
    await test.as(user).post('/auth/logout-all').expect(204);
    expectError(await sendCallback(test, back), 401, 'OIDC_SIGN_IN_FAILED');
    expect((await listSignInFailures(test)).at(-1)).toBe('account_changed');
    const [row] = await test.db.query(
      'SELECT count(*)::int AS count FROM oidc_identities WHERE user_id = $1',
      [user.id],
    );
    expect(row).toEqual({ count: 0 });
  });

  it('401 at the callback if the user was disabled meanwhile', async () => {
    const user = await test.buildUser();
    const back = await visitProviderToLinkAs(test, provider, user, newPerson());
    await test.db.query(`UPDATE users SET status = 'disabled' WHERE id = $1`, [user.id]);
    expectError(await sendCallback(test, back), 401, 'OIDC_SIGN_IN_FAILED');
  });

  it('401 at the callback for another browser, which prevents linking an identity to a victim', async () => {
    const user = await test.buildUser();
    const attackers = await visitProviderToLinkAs(test, provider, await test.buildUser(), newPerson());
    const own = await visitProviderToLinkAs(test, provider, user, newPerson());
    const response = await sendCallback(test, { query: attackers.query, cookie: own.cookie });
    expectError(response, 401, 'OIDC_SIGN_IN_FAILED');
    expect(await linksOf(user)).toEqual([]);
  });

  it('403 for a sign-in more than ten minutes ago', async () => {
    await withTestApp({ settings: settingsFor(provider) }, async (fresh) => {
      const user = await fresh.buildUser();
      fresh.clock.advance(11 * 60_000);
      const response = await fresh.as(user).post('/auth/oidc/acme/link');
      expectError(response, 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    });
  });

  it('403 at the callback for an unverified address', async () => {
    const user = await test.buildUser();
    const person = newPerson({ email: user.email, email_verified: false });
    const response = await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person));
    expectError(response, 403, 'OIDC_EMAIL_UNVERIFIED');
    expect(await linksOf(user)).toEqual([]);
  });

  it('404 for a provider that is not configured', async () => {
    const response = await test.as(await test.buildUser()).post('/auth/oidc/nobody/link');
    expectError(response, 404, 'OIDC_PROVIDER_NOT_FOUND');
  });

  it('409 at the callback for an identity of another user', async () => {
    const [owner, user, person] = [await test.buildUser(), await test.buildUser(), newPerson()];
    await sendCallback(test, await visitProviderToLinkAs(test, provider, owner, person)).expect(200);
    const response = await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person));
    expectError(response, 409, 'OIDC_IDENTITY_TAKEN');
    expect(await linksOf(user)).toEqual([]);
    expect(await linksOf(owner)).toHaveLength(1);
  });
});
