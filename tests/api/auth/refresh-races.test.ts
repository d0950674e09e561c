import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SessionService } from '../../../src/api/auth/session.service.ts';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { generationOf, postWithCookie, refresh, sessionIdOf } from '../../helpers/auth.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('concurrent and long-running refreshes', () => {
  // Use the maximum of the setting, because a slow machine may need more than ten seconds to send all requests.
  const settings = { REFRESH_REUSE_INTERVAL_SECONDS: '60' };
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({ settings });
  });
  afterAll(() => test.close());

  it('returns one successor for fifty concurrent refreshes of one token', async () => {
    const { cookie } = await test.buildUser();
    const responses = await Promise.all(Array.from({ length: 50 }, () => refresh(test, cookie)));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    const [successor = '', ...others] = new Set(responses.map(cookieOf));
    expect(others).toEqual([]);
    expect(await generationOf(test, cookie)).toBe(2);
    await Promise.all(responses.map(({ body }) => test.as(body.data).get('/users/me').expect(200)));
    await refresh(test, successor).expect(200);
  });

  it('leaves no valid token if a refresh races a sign-out', async () => {
    const { email, password } = await test.buildUser();
    const race = async () => {
      const login = await test.http.post('/auth/login').send({ email, password }).expect(200);
      const cookie = cookieOf(login);
      const [refreshed] = await Promise.all([
        refresh(test, cookie),
        postWithCookie(test, '/auth/logout', cookie).expect(204),
        test.as(login.body.data).get('/users/me'),
      ]);
      expect([200, 401]).toContain(refreshed.status);
      const tokens = [login, refreshed].flatMap(({ body }) => (body.data === undefined ? [] : [body.data]));
      for (const token of tokens) await test.as(token).get('/users/me').expect(401);
      await refresh(test, refreshed.status === 200 ? cookieOf(refreshed) : cookie).expect(401);
    };
    // Run five at a time, because a user can have at most ten sessions.
    for (let round = 0; round < 40; round += 1) await Promise.all(Array.from({ length: 5 }, race));
  });

  it('keeps one row for a thousand refreshes', async () => {
    const { id, cookie } = await test.buildUser();
    const sessions = test.app.modules.authenticators[0] as SessionService;
    let token = cookie.slice('refresh='.length);
    for (let count = 0; count < 1_000; count += 1) token = (await sessions.refresh(token)).refreshToken;
    const rows = await test.db.query('SELECT id, generation FROM sessions WHERE user_id = $1', [id]);
    expect(rows).toEqual([{ id: sessionIdOf(cookie), generation: 1_001 }]);
    await refresh(test, cookie).expect(401);
    await refresh(test, `refresh=${token}`).expect(401);
  });

  it('returns the same successor after a restart', async () => {
    const { cookie } = await test.buildUser();
    const next = cookieOf(await refresh(test, cookie).expect(200));
    await withTestApp({ settings, databaseUrl: test.databaseUrl }, async (restarted) => {
      expect(cookieOf(await refresh(restarted, cookie).expect(200))).toBe(next);
    });
  });
});
