import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { settingsFor, signInAs, newPerson, startAcme } from './flow.ts';
import type { Person, TestProvider } from './provider.ts';

const askedForUserInfo = ({ requests }: TestProvider): boolean =>
  requests.some((request) => request.endsWith(' /me'));

describe('The claims of a provider', () => {
  let provider: TestProvider;
  let talkative: TestProvider;
  let test: TestApp;
  let open: TestApp;

  beforeAll(async () => {
    provider = await startAcme();
    // This provider puts all claims into the id_token.
    talkative = await startAcme({ putsEmailInIdToken: true });
    test = await buildTestApp({ settings: settingsFor(provider) });
    open = await buildTestApp({ settings: settingsFor(talkative), databaseUrl: test.databaseUrl });
  });
  afterEach(() => {
    for (const one of [provider, talkative]) {
      one.changeClaims = null;
      one.intercept = null;
    }
    for (const { requests } of [provider, talkative]) requests.length = 0;
  });
  afterAll(async () => {
    await open.close();
    await test.close();
    await provider.close();
    await talkative.close();
  });

  describe.each(['in the userinfo', 'in the id_token'])('%s', (place) => {
    const signIn = (person: Person) =>
      place === 'in the userinfo' ? signInAs(test, provider, person) : signInAs(open, talkative, person);

    it.each([true, 'true', 'True', 'TRUE'])('200 with email_verified %j', async (verified) => {
      const response = await signIn(newPerson({ email_verified: verified }));
      expect(response.status).toBe(200);
      expect(response.body.data.user.emailVerified).toBe(true);
    });

    it.each([false, 'false', 'False', 'yes', null, ''])('403 with email_verified %j', async (verified) => {
      expectError(await signIn(newPerson({ email_verified: verified })), 403, 'OIDC_EMAIL_UNVERIFIED');
    });

    it('200 with xms_edov instead, as sent by Entra', async () => {
      const { email_verified: _unsaid, ...person } = newPerson({ xms_edov: 1 });
      expect((await signIn(person)).status).toBe(200);
      const { email_verified: _again, ...other } = newPerson({ xms_edov: false });
      expectError(await signIn(other), 403, 'OIDC_EMAIL_UNVERIFIED');
    });

    const { name: _none, ...nameless } = newPerson();
    it.each<[string, Partial<Person>, string]>([
      ['given and family name', { given_name: 'Olga', family_name: 'Openid', nickname: 'oo' }, 'Olga Openid'],
      ['a given name', { given_name: 'Olga' }, 'Olga'],
      ['a nickname', { nickname: 'oo', preferred_username: 'olga' }, 'oo'],
      ['a user name', { preferred_username: 'olga' }, 'olga'],
      ['an address as the name', { name: 'olga@acme.example', nickname: 'oo' }, 'oo'],
      ['a name that shows nothing', { name: '\u200b', nickname: 'oo' }, 'oo'],
      ['a blank name', { name: ' \u0000 ', nickname: 'oo' }, 'oo'],
    ])('200 with %s', async (_what, names, expected) => {
      const { email } = newPerson();
      const response = await signIn({
        ...nameless,
        sub: `named-${expected}-${place}-${email}`.slice(0, 100),
        email,
        ...names,
      } as Person);
      expect([response.status, response.body.data.user.name]).toEqual([200, expected]);
    });
  });

  it('are fetched from the userinfo endpoint only if the id_token lacks one', async () => {
    expect((await signInAs(open, talkative, newPerson())).status).toBe(200);
    expect(askedForUserInfo(talkative)).toBe(false);
    talkative.changeClaims = ({ email_verified: _without, ...claims }) => claims;
    expect((await signInAs(open, talkative, newPerson())).status).toBe(200);
    expect(askedForUserInfo(talkative)).toBe(true);
  });

  it('never combine the address and the verification of two sources', async () => {
    talkative.changeClaims = ({ email_verified: _without, ...claims }) => ({
      ...claims,
      email: 'other@acme.example',
    });
    const person = newPerson();
    const response = await signInAs(open, talkative, person);
    expect(response.body.data.user.email).toBe(person.email);
  });

  it('200 without a name if the userinfo endpoint fails', async () => {
    const { name: _none, ...person } = newPerson({ email: 'quiet2@acme.example' });
    talkative.intercept = (req, res) => {
      if (req.url !== '/me') return false;
      res.writeHead(500).end();
      return true;
    };
    expect((await signInAs(open, talkative, person)).body.data.user.name).toBe('quiet2');
  });

  it('200 with several audiences if the client is the authorized party, and 401 otherwise', async () => {
    talkative.changeClaims = (claims) => ({
      ...claims,
      aud: ['account', talkative.clientId],
      azp: talkative.clientId,
    });
    expect((await signInAs(open, talkative, newPerson())).status).toBe(200);
    talkative.changeClaims = (claims) => ({
      ...claims,
      aud: ['account', talkative.clientId],
      azp: 'account',
    });
    expectError(await signInAs(open, talkative, newPerson()), 401, 'OIDC_SIGN_IN_FAILED');
    talkative.changeClaims = (claims) => ({ ...claims, aud: ['account'] });
    expectError(await signInAs(open, talkative, newPerson()), 401, 'OIDC_SIGN_IN_FAILED');
  });

  it.each([12, null, '', 'x'.repeat(256), 'ü'])('401 with %j as the subject', async (sub) => {
    talkative.changeClaims = (claims) => ({ ...claims, sub });
    expectError(await signInAs(open, talkative, newPerson()), 401, 'OIDC_SIGN_IN_FAILED');
  });

  describe('from a provider with trustsEmail', () => {
    it('verify the address without email_verified, but not if it is false or the address is missing', async () => {
      const settings = settingsFor(provider, ['acme'], { trustsEmail: true });
      await withTestApp({ settings, databaseUrl: test.databaseUrl }, async (trusting) => {
        const { email_verified: _unsaid, ...unsaid } = newPerson();
        expect((await signInAs(trusting, provider, unsaid)).body.data.user.emailVerified).toBe(true);
        for (const person of [
          newPerson({ email_verified: false }),
          newPerson({ email_verified: 'false' }),
          { sub: 'nobody' },
        ])
          expectError(await signInAs(trusting, provider, person), 403, 'OIDC_EMAIL_UNVERIFIED');
      });
    });
  });
});
