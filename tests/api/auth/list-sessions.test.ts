import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { refresh, sessionIdOf, backdateSession } from '../../helpers/auth.ts';

describe('GET /auth/sessions', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const login = ({ email, password }: { email: string; password: string }, device = 'Test') =>
    test.http.post('/auth/login').set('User-Agent', device).send({ email, password }).expect(200);

  const idsOf = (sessions: { id: string }[]) => sessions.map(({ id }) => id);

  it('200 with the sessions of the caller, newest first, with the current one marked', async () => {
    const user = await test.buildUser();
    const phone = await login(user, 'Phone');
    await test.buildUser();
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const response = await test.as(user).get('/auth/sessions').expect(200);
    expect(response.body).toMatchObject({
      status: 'success',
      data: [
        {
          id: sessionIdOf(cookieOf(phone)),
          device: 'Phone',
          ip: '127.0.0.1',
          createdAt: timestamp,
          lastUsedAt: timestamp,
          current: false,
        },
        expect.objectContaining({ id: sessionIdOf(user.cookie), current: true }),
      ],
    });
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('200 with a null device without a user agent, and with a truncated long one', async () => {
    const { email, password, accessToken } = await test.buildUser();
    const body = JSON.stringify({ email, password });
    await test.http
      .post('/auth/login')
      .unset('User-Agent')
      .set('Content-Type', 'application/json')
      .send(body);
    await login({ email, password }, 'x'.repeat(1_000));
    const { body: answer } = await test.as({ accessToken }).get('/auth/sessions').expect(200);
    expect([answer.data[0].device, answer.data[1].device]).toEqual(['x'.repeat(300), null]);
  });

  it('200 with the last use of each session', async () => {
    const { accessToken, cookie } = await test.buildUser();
    await test.db.query(`UPDATE sessions SET last_used_at = '2020-01-01T00:00:00Z' WHERE id = $1`, [
      sessionIdOf(cookie),
    ]);
    const lastUsed = async () =>
      (await test.as({ accessToken }).get('/auth/sessions')).body.data[0].lastUsedAt as string;
    expect(await lastUsed()).toBe('2020-01-01T00:00:00.000Z');
    await refresh(test, cookie).expect(200);
    expect(await lastUsed()).not.toBe('2020-01-01T00:00:00.000Z');
  });

  it('200 without ended sessions', async () => {
    const user = await test.buildUser();
    const [ended, idle, old] = [await login(user), await login(user), await login(user)].map(cookieOf);
    await test.http.post('/auth/logout').set({ Cookie: ended, 'X-Requested-With': 'test' }).expect(204);
    await backdateSession(test, idle ?? '', 'idle_expires_at', 1);
    await backdateSession(test, old ?? '', 'absolute_expires_at', 1);
    const { body } = await test.as(user).get('/auth/sessions').expect(200);
    expect(idsOf(body.data)).toEqual([sessionIdOf(user.cookie)]);
  });

  it('200 with at most ten: the eleventh sign-in ends the oldest session', async () => {
    const user = await test.buildUser();
    const later = [];
    for (let count = 0; count < 9; count += 1) later.push(await login(user));
    await test.as(user).get('/users/me').expect(200);
    const newest = await login(user);
    const { body } = await test.as(newest.body.data).get('/auth/sessions').expect(200);
    expect(idsOf(body.data)).toEqual(
      [newest, ...later.reverse()].map((response) => sessionIdOf(cookieOf(response))),
    );
    await test.as(user).get('/users/me').expect(401);
    await refresh(test, user.cookie).expect(401);
  });

  it('200 with ten after twenty concurrent sign-ins', async () => {
    const user = await test.buildUser();
    const responses = await Promise.all(Array.from({ length: 20 }, () => login(user)));
    const statuses = await Promise.all(
      responses.map(async ({ body }) => (await test.as(body.data).get('/auth/sessions')).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
  });

  it('401 without an access token', async () => {
    const response = await test.http.get('/auth/sessions').expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });
});
