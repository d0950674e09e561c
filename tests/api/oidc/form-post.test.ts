import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { setCookiesOf } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import { listSignInFailures, settingsFor, newPerson } from './flow.ts';
import { startProvider, type Person, type TestProvider } from './provider.ts';

const publicUrl = 'https://api.example.com';
const callback = '/auth/oidc/apple/callback';

describe('POST /auth/oidc/:provider/callback', () => {
  let provider: TestProvider;
  let test: TestApp;

  beforeAll(async () => {
    provider = await startProvider({ redirectUris: [`${publicUrl}/api/v1${callback}`] });
    const settings = settingsFor(provider, ['apple'], { responseMode: 'form_post' });
    test = await buildTestApp({ settings: { ...settings, PUBLIC_URL: publicUrl } });
  });
  afterAll(async () => {
    await test.close();
    await provider.close();
  });

  interface Form {
    readonly fields: Record<string, string>;
    readonly cookie: string;
  }

  /** Sends a browser to the provider. Returns the form on the provider's page without posting it. */
  const goAs = async (person: Person | null): Promise<Form> => {
    provider.person = person;
    const start = await test.http.get('/auth/oidc/apple').expect(302);
    const { action, fields } = await provider.visitToForm(start.get('Location') ?? '');
    expect(action).toBe(`${publicUrl}/api/v1${callback}`);
    return { fields, cookie: cookieOf(start) };
  };

  const post = ({ fields, cookie }: Form): supertest.Test =>
    test.http
      .post(callback)
      .type('form')
      .set({ Cookie: cookie, Origin: 'https://appleid.apple.com', 'Sec-Fetch-Site': 'cross-site' })
      .send(fields);

  it('302 at the start requests a form post, with a cookie that is sent with it', async () => {
    const start = await test.http.get('/auth/oidc/apple').expect(302);
    expect(new URL(start.get('Location') ?? '').searchParams.get('response_mode')).toBe('form_post');
    expect(start.get('Set-Cookie')).toEqual([
      expect.stringMatching(/^__Host-oidc=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=None$/),
    ]);
  });

  it('200 signs in and clears the cookie', async () => {
    const person = newPerson();
    const response = await post(await goAs(person)).expect(200);
    expect(response.body.data.user).toMatchObject({ email: person.email, emailVerified: true });
    expect(setCookiesOf(response)).toEqual([
      expect.stringMatching(/^__Host-refresh=.+; Secure; SameSite=Strict$/),
      expect.stringMatching(/^__Host-device=/),
      expect.stringMatching(/^__Host-oidc=; Max-Age=0;/),
    ]);
  });

  it.each([
    ['{"name":{"firstName":"Tim","lastName":"Apple"},"email":"eve@example.com"}', 'Tim Apple'],
    ['{"name":{"firstName":"Tim"}}', 'Tim'],
    ['{"name":{"firstName":"\\u0000","lastName":""}}', null],
    ['{"name":["Tim"]}', null],
    ['{"name"', null],
    ['null', null],
  ])('200 with the name from the first form: %s', async (user, name) => {
    const { name: _none, ...person } = newPerson();
    const { fields, cookie } = await goAs(person);
    const response = await post({ fields: { ...fields, user }, cookie }).expect(200);
    const localPart = person.email?.split('@')[0];
    expect(response.body.data.user).toMatchObject({ name: name ?? localPart, email: person.email });
  });

  it('200 prefers the name of the id_token to that of the form', async () => {
    const { fields, cookie } = await goAs(newPerson());
    const user = '{"name":{"firstName":"Eve"}}';
    const response = await post({ fields: { ...fields, user }, cookie }).expect(200);
    expect(response.body.data.user.name).toBe('Olga Openid');
  });

  it('400 for a repeated field', async () => {
    const response = await test.http.post(callback).type('form').send('state=a&state=b');
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(response.body.details).toMatchObject([{ in: 'body', path: 'state' }]);
  });

  it('401 for another browser, a second callback, a user who declines, and an empty form', async () => {
    const { fields, cookie } = await goAs(newPerson());
    expectError(await post({ fields, cookie: 'a=b' }), 401, 'OIDC_SIGN_IN_FAILED');
    expectError(await post({ fields, cookie }), 401, 'OIDC_SIGN_IN_FAILED');
    expectError(await post(await goAs(null)), 401, 'OIDC_SIGN_IN_FAILED');
    expectError(await test.http.post(callback), 401, 'OIDC_SIGN_IN_FAILED');
    expect(await listSignInFailures(test)).toEqual([
      'other_browser',
      'unknown_state',
      'provider_refused',
      'unknown_state',
    ]);
  });

  it('415 for JSON, and 413 for more than 64 KiB', async () => {
    expectError(await test.http.post(callback).send({ state: 'x' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    const large = await test.http
      .post(callback)
      .type('form')
      .send(`state=${'x'.repeat(70_000)}`);
    expectError(large, 413, 'PAYLOAD_TOO_LARGE');
  });
});
