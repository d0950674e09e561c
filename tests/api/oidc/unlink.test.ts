import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { mailTo } from '../../helpers/mails.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { sendCallback, visitProviderToLinkAs, settingsFor, signInAs, newPerson, startAcme } from './flow.ts';
import type { TestProvider } from './provider.ts';

describe('DELETE /auth/oidc/:provider/link', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    test = await buildTestApp({ settings: settingsFor(provider, ['acme', 'other']) });
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  type Signed = Pick<TestUser, 'accessToken'>;

  const unlink = (user: Signed, name = 'acme') => test.as(user).delete(`/auth/oidc/${name}/link`);
  const link = (user: Signed, person = newPerson(), name = 'acme') =>
    visitProviderToLinkAs(test, provider, user, person, name).then((back) =>
      sendCallback(test, back, name).expect(200),
    );
  const linksOf = async (user: Signed) =>
    (await test.as(user).get('/auth/oidc/links').expect(200)).body.data as { provider: string }[];
  /** Creates a user without a password, who can sign in only with an identity of a provider. */
  const buildPasswordless = async () => {
    const { user, accessToken } = (await signInAs(test, provider, newPerson())).body.data;
    return { id: user.id as string, accessToken: accessToken as string };
  };

  it('204 unlinks the identity and notifies by mail', async () => {
    const [user, person] = [await test.buildUser(), newPerson()];
    await link(user, { ...person, email: user.email });
    await unlink(user).expect(204);
    expect(await linksOf(user)).toEqual([]);
    expect((await auditEventsOf(test, 'oidc', user.id)).at(-1)).toMatchObject({
      type: 'oidc.unlinked',
      details: { provider: 'acme' },
    });
    expect((await mailTo(test, user.email)).subject).toContain('You can no longer sign in with acme');
    const response = await signInAs(test, provider, { ...person, email: user.email });
    expectError(response, 409, 'OIDC_LINK_REQUIRED');
  });

  it('204 without a password if another provider is linked', async () => {
    const user = await buildPasswordless();
    await link(user, newPerson(), 'other');
    await unlink(user).expect(204);
    expect((await linksOf(user)).map((each) => each.provider)).toEqual(['other']);
  });

  it('204 for a provider that is no longer configured', async () => {
    const user = await test.buildUser();
    await link(user);
    await withTestApp({ databaseUrl: test.databaseUrl }, async (later) => {
      await later.as(user).delete('/auth/oidc/acme/link').expect(204);
    });
    expect(await linksOf(user)).toEqual([]);
  });

  it('401 without an access token', async () => {
    expectError(await test.http.delete('/auth/oidc/acme/link'), 401, 'UNAUTHENTICATED');
  });

  it('403 for a sign-in more than ten minutes ago', async () => {
    await withTestApp({ settings: settingsFor(provider) }, async (fresh) => {
      const user = await fresh.buildUser();
      fresh.clock.advance(11 * 60_000);
      const response = await fresh.as(user).delete('/auth/oidc/acme/link');
      expectError(response, 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    });
  });

  it('404 for an identity that is not linked, or linked to another user', async () => {
    await link(await test.buildUser());
    expectError(await unlink(await test.buildUser()), 404, 'OIDC_LINK_NOT_FOUND');
  });

  it('409 for the last way to sign in', async () => {
    const user = await buildPasswordless();
    expectError(await unlink(user), 409, 'OIDC_LAST_WAY_IN');
    expect(await linksOf(user)).toHaveLength(1);
  });

  it('409 if only a provider that is no longer configured would remain', async () => {
    const user = await buildPasswordless();
    await link(user, newPerson(), 'other');
    await withTestApp(
      { databaseUrl: test.databaseUrl, settings: settingsFor(provider, ['acme']) },
      async (later) => {
        expectError(await later.as(user).delete('/auth/oidc/acme/link'), 409, 'OIDC_LAST_WAY_IN');
      },
    );
  });

  it('409 for one of two concurrent requests that unlink the last two', async () => {
    const user = await buildPasswordless();
    await link(user, newPerson(), 'other');
    const responses = await sendWhileLocked(test, 'LOCK TABLE oidc_identities IN EXCLUSIVE MODE', [
      unlink(user, 'acme'),
      unlink(user, 'other'),
    ]);
    expect(responses.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(await linksOf(user)).toHaveLength(1);
  });
});
