import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../helpers/app.ts';
import { setCookiesOf } from '../helpers/auth.ts';
// #region mfa
import { totpCode, startTotp } from '../helpers/mfa.ts';
// #endregion
// #region oidc
import { settingsFor, startAcme } from '../api/oidc/flow.ts';
import type { TestProvider } from '../api/oidc/provider.ts';
// #endregion

describe('cookies of a service on https', () => {
  // #region oidc
  let provider: TestProvider;
  // #endregion
  let test: TestApp;

  beforeAll(async () => {
    // #region oidc
    provider = await startAcme();
    // #endregion
    test = await buildTestApp({
      settings: {
        PUBLIC_URL: 'https://api.example.com',
        // #region oidc
        ...settingsFor(provider),
        // #endregion
      },
    });
  });
  afterAll(async () => {
    await test.close();
    // #region oidc
    await provider.close();
    // #endregion
  });

  it('are limited to this host, https and HttpOnly, on all routes', async () => {
    const account = { email: 'cookies@example.com', password: 'correct horse battery' };
    const program = { 'X-Requested-With': 'test' };
    const registered = await test.http.post('/auth/register').send({ ...account, name: 'C' });
    const login = await test.http.post('/auth/login').send(account);
    const Cookie = setCookiesOf(login)[0]?.split(';')[0] ?? '';
    const refreshed = await test.http.post('/auth/refresh').set({ ...program, Cookie });
    const changed = await test
      .as(login.body.data)
      .post('/auth/password/change')
      .send({ currentPassword: account.password, newPassword: account.password });
    const refused = await test.http.post('/auth/refresh').set({ ...program, Cookie });
    const out = await test.http.post('/auth/logout').set(program);
    const answers = [registered, login, refreshed, changed, refused, out];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 401, 204]);
    // #region oidc
    answers.push(await test.http.get('/auth/oidc/acme').expect(302));
    // #endregion
    // #region mfa
    const user = { ...account, id: '', cookie: '', accessToken: changed.body.data.accessToken as string };
    const secret = await startTotp(test, user);
    const code = totpCode(test, { secret }, -1);
    await test.as(user).post('/auth/mfa/totp/confirm').send({ code }).expect(200);
    const pending = await test.http.post('/auth/login').send(account).expect(200);
    expect(setCookiesOf(pending)).toEqual([]);
    const { mfaToken } = pending.body.data as { mfaToken: string };
    const shown = { mfaToken, code: totpCode(test, { secret }) };
    answers.push(await test.http.post('/auth/mfa/verify').send(shown).expect(200));
    // #endregion
    for (const answer of answers) {
      expect(setCookiesOf(answer)).not.toEqual([]);
      for (const header of setCookiesOf(answer)) {
        const [pair = '', ...attributes] = header.split('; ');
        expect(pair).toMatch(/^__Host-[a-z]+=/);
        expect(pair.length).toBeLessThan(4_096);
        const site = pair.startsWith('__Host-oidc=') ? 'SameSite=Lax' : 'SameSite=Strict';
        expect(attributes).toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^Max-Age=\d+$/),
            'Path=/',
            'HttpOnly',
            'Secure',
            site,
          ]),
        );
        expect(attributes).toHaveLength(5);
        // The value must occur only in the cookie, because scripts can read the rest of the response.
        const value = pair.slice(pair.indexOf('=') + 1);
        if (value !== '') expect(answer.text).not.toContain(value);
      }
    }
  });
});
