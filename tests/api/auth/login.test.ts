import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { refresh, setCookiesOf, withoutRequestId } from '../../helpers/auth.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('POST /auth/login', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const login = (email: string, password: string, app = test) =>
    app.http.post('/auth/login').send({ email, password });

  const headersOf = ({ headers }: supertest.Response) => ({ ...headers, date: '', 'x-request-id': '' });

  const hashOf = async (id: string) => {
    const [row] = await test.db.query<{ hash: string; version: number }>(
      'SELECT password_hash AS hash, version FROM users WHERE id = $1',
      [id],
    );
    return row?.hash;
  };

  it('200 with the user and an access token, and the refresh token only in a cookie', async () => {
    const { email, password, accessToken } = await test.buildUser();
    const me = await test.as({ accessToken }).get('/users/me');
    const response = await login(email, password).expect(200);
    expect(response.body).toEqual({
      status: 'success',
      data: { user: me.body.data, accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 900 },
    });
    expect(setCookiesOf(response)).toEqual([
      expect.stringMatching(
        /^refresh=[0-9a-f-]{36}\.1\.[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
      expect.stringMatching(
        /^device=[0-9a-f-]{36}\.[0-9a-f-]{36}\.1\.[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(response.text).not.toContain(cookieOf(response).slice('refresh='.length));
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('200 for every spelling of the address', async () => {
    const { password } = await test.buildUser({ email: 'spelling@example.com' });
    await login('ＳPELLING@Example.Com', password).expect(200);
  });

  it('200 for a request with an invalid access token', async () => {
    const { email, password } = await test.buildUser();
    await login(email, password).set('Authorization', 'Bearer nonsense').expect(200);
  });

  it('200 ends the previous session of the device, also of another user', async () => {
    const [before, next] = [await test.buildUser(), await test.buildUser()];
    await test.as(before).get('/users/me').expect(200);
    const response = await login(next.email, next.password)
      .set({ Cookie: before.cookie, 'X-Requested-With': 'test' })
      .expect(200);
    await test.as(before).get('/users/me').expect(401);
    await refresh(test, before.cookie).expect(401);
    await refresh(test, cookieOf(response)).expect(200);
    expect((await auditEventsOf(test, 'auth', before.id)).map(({ type }) => type)).toContain(
      'auth.session_ended',
    );
    await test.as(next).get('/users/me').expect(200);
  });

  it('401 for a wrong password keeps the previous session of the device', async () => {
    const { email, cookie } = await test.buildUser();
    await login(email, 'wrong password').set({ Cookie: cookie, 'X-Requested-With': 'test' }).expect(401);
    await refresh(test, cookie).expect(200);
  });

  it('200 with a new session for each sign-in', async () => {
    const { email, password, cookie } = await test.buildUser();
    const response = await login(email, password).expect(200);
    expect(cookieOf(response)).not.toBe(cookie);
    await test.as(response.body.data).post('/auth/logout').expect(204);
    await test.http.post('/auth/refresh').set({ Cookie: cookie, 'X-Requested-With': 'test' }).expect(200);
  });

  it('200 rehashes the password only if the cost has changed', async () => {
    const { id, email, password } = await test.buildUser();
    const before = await hashOf(id);
    await login(email, password).expect(200);
    expect(await hashOf(id)).toBe(before);

    await withTestApp({ settings: { BCRYPT_COST: '5' }, databaseUrl: test.databaseUrl }, async (costlier) => {
      await login(email, 'wrong password', costlier).expect(401);
      expect(await hashOf(id)).toBe(before);
      await login(email, password, costlier).expect(200);
      expect(await hashOf(id)).toMatch(/^v1\$[\w-]{8}\$\$2b\$05\$/);
      await login(email, password, costlier).expect(200);
    });
  });

  it('400 with all invalid fields', async () => {
    const response = await test.http
      .post('/auth/login')
      .send({ email: 'nobody', password: '', remember: true });
    expect(response.status).toBe(400);
    expect(response.body.details.map(({ path }: { path: string }) => path).sort()).toEqual([
      'email',
      'password',
      'remember',
    ]);
  });

  it('401 with the same error for every failure', async () => {
    const admin = await test.buildUser({ roles: ['admin'] });
    const [user, disabled, erased] = await Promise.all([
      test.buildUser(),
      test.buildUser(),
      test.buildUser(),
    ]);
    await test.as(admin).patch(`/users/${disabled.id}`).send({ status: 'disabled' }).expect(200);
    await test.as(admin).delete(`/users/${erased.id}`).expect(204);
    const { password } = user;
    const unknown = await login('nobody@example.com', password);
    const others = [
      await login(user.email, 'another password'),
      await login(user.email, password.toUpperCase()),
      await login(user.email, `${password} `),
      await login(user.email, 'short'),
      await login(disabled.email, password),
      await login(erased.email, password),
      await login(`${erased.id}@erased.invalid`, password),
    ];
    expect(withoutRequestId(unknown)).toEqual({
      status: 'error',
      code: 'AUTH_INVALID_CREDENTIALS',
      message: 'The e-mail address or the password is incorrect.',
      requestId: '',
    });
    expect(unknown.get('WWW-Authenticate')).toBe('Bearer');
    expect(setCookiesOf(unknown)).toEqual([]);
    for (const other of others) {
      expect(other.status).toBe(401);
      expect(withoutRequestId(other)).toEqual(withoutRequestId(unknown));
      expect(headersOf(other)).toEqual(headersOf(unknown));
    }
  });

  it.each([
    ['at byte 100', (password: string) => `${password.slice(0, 99)}y${password.slice(100)}`],
    ['in its last byte', (password: string) => `${password.slice(0, -1)}y`],
    ['in its length', (password: string) => password.slice(0, 100)],
  ])('401 for a long password that differs %s', async (_where, change) => {
    const { email, password } = await test.buildUser({ password: 'x'.repeat(120) });
    await login(email, change(password)).expect(401);
    await login(email, password).expect(200);
  });

  it('401 for a look-alike password', async () => {
    const { email, password } = await test.buildUser({ password: 'caf\u00e9 caf\u00e9' });
    await login(email, password.replaceAll('a', '\u0430')).expect(401);
    await login(email, password).expect(200);
  });

  it('429 after too many failures; a success does not count', async () => {
    await withTestApp({ settings: { RATE_LIMIT_AUTH_PER_15_MINUTES: '2' } }, async (limited) => {
      const { email, password } = await limited.buildUser();
      await login(email, password, limited).expect(200);
      await login(email, password, limited).expect(200);
      await login(email, 'wrong password', limited).expect(401);
      await login(email, 'wrong password', limited).expect(401);
      const response = await login(email, password, limited).expect(429);
      expect(response.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    });
  });
});
