import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { generationOf, setCookiesOf } from '../../helpers/auth.ts';
import { withTestApp } from '../../helpers/with-app.ts';

type Headers = Record<string, string>;

const own = 'http://localhost:3000';
const listed = 'https://spa.example.com';
const foreign = 'https://evil.example';

const passing: [string, Headers][] = [
  ['a same-origin page', { 'Sec-Fetch-Site': 'same-origin' }],
  ['a same-origin page with Origin', { 'Sec-Fetch-Site': 'same-origin', Origin: own }],
  ['a same-origin page with Origin null', { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }],
  ['a direct navigation', { 'Sec-Fetch-Site': 'none' }],
  ['an older browser on a same-origin page', { Origin: own }],
  ['an allow-listed page', { Origin: listed }],
  ['an allow-listed page marked cross-site', { Origin: listed, 'Sec-Fetch-Site': 'cross-site' }],
  ['an allow-listed page marked same-site', { Origin: listed, 'Sec-Fetch-Site': 'same-site' }],
  ['a program with X-Requested-With', { 'X-Requested-With': 'anything' }],
];

const refused: [string, Headers][] = [
  ['a foreign page', { Origin: foreign }],
  ['a foreign page with Sec-Fetch-Site', { Origin: foreign, 'Sec-Fetch-Site': 'cross-site' }],
  ['a foreign page with X-Requested-With', { Origin: foreign, 'X-Requested-With': 'anything' }],
  ['a page without an origin', { Origin: 'null' }],
  ['a cross-site page without an origin', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
  ['a cross-site request without Origin', { 'Sec-Fetch-Site': 'cross-site' }],
  [
    'a cross-site request with X-Requested-With',
    { 'Sec-Fetch-Site': 'cross-site', 'X-Requested-With': 'anything' },
  ],
  ['a same-site page of another origin', { 'Sec-Fetch-Site': 'same-site' }],
  ['the same host on another port', { Origin: 'http://localhost:3001' }],
  ['the same host with another scheme', { Origin: 'https://localhost:3000' }],
  ['a host that begins with the own one', { Origin: `${own}.evil.example` }],
  ['a host that ends like an allow-listed one', { Origin: 'https://not-spa.example.com' }],
];

describe('The cross-site gate', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ settings: { CORS_ORIGINS: listed } });
  });
  afterAll(() => test.close());

  const send = async (path: string, headers: Headers, app = test) => {
    const user = await app.buildUser();
    const { email, password } = user;
    const bodies: Record<string, object> = {
      '/auth/login': { email, password },
      '/auth/register': { email: `new-${email}`, password, name: 'New User' },
    };
    const body = bodies[path] ?? {};
    const response = await app.http
      .post(path)
      .set({ Cookie: user.cookie, ...headers })
      .send(body);
    return { response, user };
  };

  describe.each([
    ['/auth/register', 201],
    ['/auth/login', 200],
    ['/auth/refresh', 200],
    ['/auth/logout', 204],
  ])('on POST %s', (path, status) => {
    it.each(passing)(`${status} from %s`, async (_from, headers) => {
      const { response } = await send(path, headers);
      expect(response.status).toBe(status);
    });

    it.each([...refused, ['a program without X-Requested-With', {}] as [string, Headers]])(
      '403 from %s, and nothing has happened',
      async (_from, headers) => {
        const { response, user } = await send(path, headers);
        expect(response.status).toBe(403);
        expect(response.body).toMatchObject({ status: 'error', code: 'AUTH_CROSS_SITE' });
        expect(setCookiesOf(response)).toEqual([]);
        expect(await generationOf(test, user.cookie)).toBe(1);
        await test.as(user).get('/users/me').expect(200);
      },
    );
  });

  it('passes a program that sends no cookie', async () => {
    const { email, password } = await test.buildUser();
    await test.http.post('/auth/login').send({ email, password }).expect(200);
    await test.http.post('/auth/refresh').expect(401);
    await test.http.post('/auth/logout').expect(204);
    await test.http.post('/auth/logout').set('Cookie', 'theme=dark').expect(204);
  });

  it('rejects a foreign page that signs a visitor in without a cookie', async () => {
    const { email, password } = await test.buildUser();
    await test.http.post('/auth/login').set('Origin', foreign).send({ email, password }).expect(403);
  });

  it('415 for the content types that a cross-site form can send', async () => {
    const { cookie } = await test.buildUser();
    const sendAs = (type: string) =>
      test.http.post('/auth/refresh').set({ Cookie: cookie, Origin: own, 'Content-Type': type }).send('a=b');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) await sendAs(type).expect(415);
    expect(await generationOf(test, cookie)).toBe(1);
  });

  it('accepts localhost in development only, and PUBLIC_URL always', async () => {
    const settings = { PUBLIC_URL: 'http://dev.example.com', NODE_ENV: 'development', PORT: '4000' };
    await withTestApp({ settings }, async (development) => {
      for (const [origin, status] of [
        ['http://localhost:4000', 200],
        ['http://127.0.0.1:4000', 200],
        ['http://dev.example.com', 200],
        ['http://localhost:4001', 403],
      ] as const) {
        const { response } = await send('/auth/refresh', { Origin: origin }, development);
        expect([origin, response.status]).toEqual([origin, status]);
      }
    });
    const { response } = await send('/auth/refresh', { Origin: 'http://127.0.0.1:3000' });
    expect(response.status).toBe(403);
  });
});
