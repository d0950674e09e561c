import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { refresh, setCookiesOf } from '../../helpers/auth.ts';
// #region mfa
import { buildMfaUser, totpCode, verifyMfa } from '../../helpers/mfa.ts';
import { visitProviderToLinkAs } from './flow.ts';
// #endregion
import {
  sendCallback,
  visitProviderAs,
  publicUrl,
  settingsFor,
  signInAs,
  newPerson,
  startAcme,
} from './flow.ts';
import type { TestProvider } from './provider.ts';

const page = `${publicUrl}/signed-in`;

describe('GET /auth/oidc/:provider/callback with OIDC_RETURN_URL', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    test = await buildTestApp({ settings: { ...settingsFor(provider), OIDC_RETURN_URL: page } });
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  /** Returns the values in the URL fragment of the redirect to the page. */
  const fragmentOf = (response: supertest.Response): Record<string, string> => {
    expect([response.status, response.text]).toEqual([302, '']);
    expect(response.get('Cache-Control')).toBe('no-store');
    expect(setCookiesOf(response).at(-1)).toMatch(/^oidc=; Max-Age=0;/);
    const url = new URL(response.get('Location') ?? '');
    expect(`${url.origin}${url.pathname}${url.search}`).toBe(page);
    return Object.fromEntries(new URLSearchParams(url.hash.slice(1)));
  };

  it('302 with the cookies of a session, and no token in the URL', async () => {
    const response = await signInAs(test, provider, newPerson());
    expect(fragmentOf(response)).toEqual({});
    const [cookie = ''] = setCookiesOf(response);
    await refresh(test, cookie.split(';')[0] ?? '').expect(200);
  });

  // #region mfa
  it('302 with the mfaToken', async () => {
    const [user, person] = [await buildMfaUser(test), newPerson()];
    const linked = await sendCallback(test, await visitProviderToLinkAs(test, provider, user, person));
    expect(fragmentOf(linked)).toEqual({ linked: 'acme' });
    const pending = await signInAs(test, provider, person);
    const { mfaToken = '', ...others } = fragmentOf(pending);
    expect(others).toEqual({});
    expect(setCookiesOf(pending)).toHaveLength(1);
    await verifyMfa(test, mfaToken, totpCode(test, user)).expect(200);
  });
  // #endregion

  it('302 with the error code', async () => {
    const declined = await sendCallback(test, await visitProviderAs(test, provider, null));
    expect(fragmentOf(declined)).toEqual({ error: 'OIDC_SIGN_IN_FAILED' });
    const unverified = await signInAs(test, provider, newPerson({ email_verified: false }));
    expect(fragmentOf(unverified)).toEqual({ error: 'OIDC_EMAIL_UNVERIFIED' });
  });
});
