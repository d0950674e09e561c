import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { buildTestApp, cookieOf, type TestApp, type TestUser } from '../../helpers/app.ts';
import { refresh, sessionIdOf, backdateSession } from '../../helpers/auth.ts';
import { mailTo, tokenIn } from '../../helpers/mails.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';

const newPassword = 'another fine password';

/** Two processes share one database. Each test fails if one of the processes relies on cached data. */
describe('concurrent requests for a session, in two processes', () => {
  let test: TestApp;
  let other: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl, mailer: test.mailer });
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const login = (email: string, password: string, app = test) =>
    app.http.post('/auth/login').send({ email, password });

  // An ending prepares the request and returns a function that sends it, because awaiting a request would send it.
  type Ending = (user: TestUser) => Promise<() => supertest.Test>;
  const endings: [string, Ending, number][] = [
    [
      'a password change',
      async (user) => () =>
        other.as(user).post('/auth/password/change').send({ currentPassword: user.password, newPassword }),
      200,
    ],
    [
      'a password reset',
      async ({ email }) => {
        await test.http.post('/auth/password/forgot').send({ email }).expect(202);
        const token = tokenIn(await mailTo(test, email));
        return () => other.http.post('/auth/password/reset').send({ token, password: newPassword });
      },
      204,
    ],
    [
      'disabling',
      async ({ id }) =>
        () =>
          other.as(admin).patch(`/users/${id}`).send({ status: 'disabled' }),
      200,
    ],
    ['logout-all', async (user) => () => other.as(user).post('/auth/logout-all'), 204],
    [
      'erasure',
      async ({ id }) =>
        () =>
          other.as(admin).delete(`/users/${id}`),
      204,
    ],
  ];

  /** Makes two requests wait for the row lock of a session. `first` gets the lock before `second`. */
  async function inOrder(
    cookie: string,
    first: () => supertest.Test,
    second: () => supertest.Test,
  ): Promise<[supertest.Response, supertest.Response]> {
    const holder = await openSecondConnection(test);
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE', [sessionIdOf(cookie)]);
      const one = first().then((response) => response);
      await holder.untilWaiting(1);
      const two = second().then((response) => response);
      await holder.untilWaiting(2);
      await holder.query('COMMIT');
      return [await one, await two];
    } finally {
      await holder.close();
    }
  }

  async function expectDead(user: TestUser, refreshed: supertest.Response): Promise<void> {
    await test.as(user).patch('/users/me').send({ name: 'x' }).expect(401);
    await refresh(test, user.cookie).expect(401);
    if (refreshed.status !== 200) return;
    await other.as(refreshed.body.data).patch('/users/me').send({ name: 'x' }).expect(401);
    await refresh(other, cookieOf(refreshed)).expect(401);
  }

  it.each(endings)(
    'a refresh before %s returns tokens that no longer work',
    async (_name, ending, status) => {
      const user = await test.buildUser();
      const end = await ending(user);
      const [refreshed, ended] = await inOrder(user.cookie, () => refresh(test, user.cookie), end);
      expect(refreshed.status).toBe(200);
      expect(ended.status).toBe(status);
      await expectDead(user, refreshed);
    },
  );

  it.each(endings)('a refresh after %s fails', async (_name, ending, status) => {
    const user = await test.buildUser();
    const end = await ending(user);
    const [ended, refreshed] = await inOrder(user.cookie, end, () => refresh(test, user.cookie));
    expect(ended.status).toBe(status);
    expect(refreshed.status).toBe(401);
    await expectDead(user, refreshed);
  });

  it.each(endings.filter(([name]) => name !== 'erasure'))(
    'a sign-in with the old password fails after %s',
    async (name, ending, status) => {
      const user = await test.buildUser();
      const end = await ending(user);
      const holder = await openSecondConnection(test);
      try {
        await holder.query('BEGIN');
        await holder.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [user.id]);
        const ended = end().then((response) => response);
        await holder.untilWaiting(1);
        const signedIn = login(user.email, user.password).then((response) => response);
        await holder.untilWaiting(2);
        await holder.query('COMMIT');
        expect([name, (await ended).status]).toEqual([name, status]);
        expect([name, (await signedIn).status]).toEqual([name, 401]);
      } finally {
        await holder.close();
      }
    },
  );

  it('ten of twenty concurrent sign-ins stay active, in both processes', async () => {
    const user = await test.buildUser();
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        login(user.email, user.password, index % 2 === 0 ? test : other),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const refreshed = [];
    for (const response of responses) refreshed.push((await refresh(other, cookieOf(response))).status);
    expect(refreshed.filter((status) => status === 200)).toHaveLength(10);
    expect(refreshed.filter((status) => status === 401)).toHaveLength(10);
    await refresh(test, user.cookie).expect(401);
  });

  it('a restart does not affect reuse: an early one returns the successor, a late one ends the session', async () => {
    const user = await test.buildUser();
    const next = cookieOf(await refresh(test, user.cookie).expect(200));
    const restarted = await buildTestApp({ databaseUrl: test.databaseUrl });
    try {
      expect(cookieOf(await refresh(restarted, user.cookie).expect(200))).toBe(next);
      await backdateSession(test, user.cookie, 'rotated_at', 11);
      await refresh(restarted, user.cookie).expect(401);
      await refresh(restarted, next).expect(401);
      await refresh(test, next).expect(401);
    } finally {
      await restarted.close();
    }
    const events = await test.db.query(
      `SELECT 1 FROM audit_events WHERE type = 'auth.refresh_reuse' AND subject_id = $1`,
      [user.id],
    );
    expect(events).toHaveLength(1);
  });

  it('a change of rights in one process applies to the next request in the other', async () => {
    const user = await test.buildUser();
    await other.as(user).get('/users').expect(403);
    await test
      .as(admin)
      .patch(`/users/${user.id}`)
      .send({ roles: ['admin'] })
      .expect(200);
    // A change of roles invalidates the old token. A refresh returns a token with the new rights.
    await other.as(user).get('/users').expect(401);
    const promoted = await refresh(other, user.cookie).expect(200);
    await other.as(promoted.body.data).get('/users').expect(200);
    await test
      .as(admin)
      .patch(`/users/${user.id}`)
      .send({ roles: ['user'] })
      .expect(200);
    await other.as(promoted.body.data).get('/users').expect(401);
  });
});
