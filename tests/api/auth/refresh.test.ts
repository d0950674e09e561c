import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp, type TestUser } from '../../helpers/app.ts';
import {
  clearedCookie,
  generationOf,
  refresh,
  sessionIdOf,
  backdateSession,
  setCookiesOf,
} from '../../helpers/auth.ts';
import { testConfig } from '../../helpers/config.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('POST /auth/refresh', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  /** Refreshes the session and returns the new cookie. */
  const rotate = async (cookie: string): Promise<string> => cookieOf(await refresh(test, cookie).expect(200));

  async function expectRefused(cookie: string): Promise<void> {
    const response = await refresh(test, cookie).expect(401);
    expect(response.body).toEqual({
      status: 'error',
      code: 'AUTH_INVALID_REFRESH_TOKEN',
      message: 'The session has ended. Sign in again.',
      requestId: expect.any(String),
    });
    expect(setCookiesOf(response)).toEqual([clearedCookie]);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
    expect(response.get('Cache-Control')).toBe('no-store');
  }

  const reuses = () => test.logger.lines.filter(({ fields }) => fields['event'] === 'auth.refresh_reuse');

  it('200 with an access token, and the next refresh token only in the cookie', async () => {
    const { cookie, id } = await test.buildUser();
    const response = await refresh(test, cookie).expect(200);
    expect(response.body).toEqual({
      status: 'success',
      data: { accessToken: expect.any(String), tokenType: 'Bearer', expiresIn: 900 },
    });
    expect(setCookiesOf(response)).toEqual([
      expect.stringMatching(
        /^refresh=[0-9a-f-]{36}\.2\.[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(sessionIdOf(cookieOf(response))).toBe(sessionIdOf(cookie));
    expect(response.text).not.toContain(cookieOf(response).slice('refresh='.length));
    const me = await test.as(response.body.data).get('/users/me').expect(200);
    expect(me.body.data.id).toBe(id);
  });

  it('200 for a request with an invalid access token, and with the body {}', async () => {
    const { cookie } = await test.buildUser();
    const next = await refresh(test, cookie).set('Authorization', 'Bearer nonsense').expect(200);
    await refresh(test, cookieOf(next)).send({}).expect(200);
  });

  it('200 keeps the earlier access token valid', async () => {
    const user = await test.buildUser();
    await rotate(user.cookie);
    await test.as(user).patch('/users/me').send({ name: 'Still here' }).expect(200);
  });

  it('200 with the same successor for a repeated refresh; the successor can be used once', async () => {
    const { cookie } = await test.buildUser();
    const next = await rotate(cookie);
    expect(await rotate(cookie)).toBe(next);
    expect(await rotate(cookie)).toBe(next);
    expect(await generationOf(test, cookie)).toBe(2);
    const third = await rotate(next);
    expect(await rotate(next)).toBe(third);
  });

  it('200 for a repeated refresh within 10 s', async () => {
    const { cookie } = await test.buildUser();
    const next = await rotate(cookie);
    await backdateSession(test, cookie, 'rotated_at', 9);
    expect(await rotate(cookie)).toBe(next);
  });

  it('200 with the current roles', async () => {
    const { id, cookie } = await test.buildUser();
    await test
      .as(admin)
      .patch(`/users/${id}`)
      .send({ roles: ['admin'] })
      .expect(200);
    const response = await refresh(test, cookie).expect(200);
    await test.as(response.body.data).get('/users').expect(200);
  });

  it('200 extends the idle expiry, but not beyond the absolute expiry', async () => {
    const { cookie } = await test.buildUser();
    const ends = async () => {
      const [row] = await test.db.query<{ idle: number; absolute: number }>(
        `SELECT extract(epoch FROM idle_expires_at - last_used_at)::float AS idle,
           extract(epoch FROM absolute_expires_at - last_used_at)::float AS absolute FROM sessions WHERE id = $1`,
        [sessionIdOf(cookie)],
      );
      return row;
    };
    expect(await ends()).toEqual({ idle: 7 * 86_400, absolute: 30 * 86_400 });
    await backdateSession(test, cookie, 'idle_expires_at', -60);
    const next = await rotate(cookie);
    expect((await ends())?.idle).toBe(7 * 86_400);
    await backdateSession(test, cookie, 'absolute_expires_at', -60);
    await rotate(next);
    expect((await ends())?.idle).toBeCloseTo(60, 0);
    expect(await ends()).toEqual({ idle: (await ends())?.absolute, absolute: (await ends())?.absolute });
  });

  it('400 for a non-empty body', async () => {
    const { cookie } = await test.buildUser();
    const response = await refresh(test, cookie).send({ refreshToken: 'here' }).expect(400);
    expect(response.body.details).toMatchObject([
      { in: 'body', path: 'refreshToken', rule: 'object.unknown' },
    ]);
    expect(setCookiesOf(response)).toEqual([]);
    expect(await generationOf(test, cookie)).toBe(1);
  });

  it('401 without a cookie', async () => {
    const response = await test.http.post('/auth/refresh').expect(401);
    expect(response.body.code).toBe('AUTH_INVALID_REFRESH_TOKEN');
    expect(setCookiesOf(response)).toEqual([clearedCookie]);
  });

  it.each([
    ['is empty', () => ''],
    ['is garbage', () => 'garbage'],
    ['has another MAC', (token: string) => token.replace(/\.[\w-]{43}$/, `.${'A'.repeat(43)}`)],
    [
      'has a changed last character',
      (token: string) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'),
    ],
    ['has the unused bits of its MAC set', (token: string) => token.replace(/.$/, nextCharacter)],
    ['names the next generation', (token: string) => token.replace('.1.', '.2.')],
    ['names another session', (token: string) => token.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
    ['is in upper case', (token: string) => token.toUpperCase()],
    ['has a suffix', (token: string) => `${token}.x`],
    ['is in quotes', (token: string) => `"${token}"`],
  ])('401 if the token %s, and the session stays active', async (_what, change) => {
    const { cookie } = await test.buildUser();
    await expectRefused(`refresh=${change(cookie.slice('refresh='.length))}`);
    await rotate(cookie);
  });

  it('401 for the token of one session with the id of another', async () => {
    const [one, two] = [await test.buildUser(), await test.buildUser()];
    await expectRefused(one.cookie.replace(sessionIdOf(one.cookie), sessionIdOf(two.cookie)));
  });

  it('401 for reuse after 10 s ends the session with all its tokens and logs a warning', async () => {
    const user = await test.buildUser();
    const current = await refresh(test, user.cookie).expect(200);
    await test.as(user).get('/users/me').expect(200);
    await backdateSession(test, user.cookie, 'rotated_at', 11);
    const before = reuses().length;

    await expectRefused(user.cookie);

    await test.as(user).get('/users/me').expect(401);
    await test.as(current.body.data).get('/users/me').expect(401);
    await test.as(user).patch('/users/me').send({ name: 'Thief' }).expect(401);
    await expectRefused(cookieOf(current));
    await expectRefused(user.cookie);
    expect(reuses().slice(before)).toEqual([
      {
        level: 'warn',
        message: 'A refresh token was reused; its session was ended.',
        fields: { event: 'auth.refresh_reuse', sessionId: sessionIdOf(user.cookie), userId: user.id },
      },
    ]);
  });

  it('401 for a token from two refreshes ago, also within 10 s', async () => {
    const { cookie } = await test.buildUser();
    const next = await rotate(cookie);
    const current = await rotate(next);
    await expectRefused(cookie);
    await expectRefused(next);
    await expectRefused(current);
  });

  it('401 for any reuse if REFRESH_REUSE_INTERVAL_SECONDS is 0', async () => {
    await withTestApp({ settings: { REFRESH_REUSE_INTERVAL_SECONDS: '0' } }, async (strict) => {
      const { cookie } = await strict.buildUser();
      const next = cookieOf(await refresh(strict, cookie).expect(200));
      await refresh(strict, cookie).expect(401);
      await refresh(strict, next).expect(401);
    });
  });

  it('returns the same successor within REFRESH_REUSE_INTERVAL_SECONDS, and 401 after it', async () => {
    await withTestApp({ settings: { REFRESH_REUSE_INTERVAL_SECONDS: '60' } }, async (patient) => {
      const { cookie } = await patient.buildUser();
      const next = cookieOf(await refresh(patient, cookie).expect(200));
      await backdateSession(patient, cookie, 'rotated_at', 30);
      expect(cookieOf(await refresh(patient, cookie).expect(200))).toBe(next);
      await backdateSession(patient, cookie, 'rotated_at', 61);
      await refresh(patient, cookie).expect(401);
      await refresh(patient, next).expect(401);
    });
  });

  it('401 for a token from two refreshes ago, also with a long interval', async () => {
    await withTestApp({ settings: { REFRESH_REUSE_INTERVAL_SECONDS: '60' } }, async (patient) => {
      const { cookie } = await patient.buildUser();
      const next = cookieOf(await refresh(patient, cookie).expect(200));
      const current = cookieOf(await refresh(patient, next).expect(200));
      await refresh(patient, cookie).expect(401);
      await refresh(patient, current).expect(401);
    });
  });

  it.each(['61', '-1', '1.5', 'ten'])(
    'refuses to start with REFRESH_REUSE_INTERVAL_SECONDS=%s',
    (seconds) => {
      expect(() => testConfig({ REFRESH_REUSE_INTERVAL_SECONDS: seconds })).toThrow(
        'REFRESH_REUSE_INTERVAL_SECONDS',
      );
    },
  );

  it('401 for reuse in one session keeps the other sessions of the user', async () => {
    const { email, password, cookie } = await test.buildUser();
    const other = cookieOf(await test.http.post('/auth/login').send({ email, password }).expect(200));
    await rotate(cookie);
    await backdateSession(test, cookie, 'rotated_at', 11);
    await expectRefused(cookie);
    await rotate(other);
  });

  it.each(['idle_expires_at', 'absolute_expires_at'] as const)('401 after %s', async (moment) => {
    const user = await test.buildUser();
    await backdateSession(test, user.cookie, moment, 1);
    await expectRefused(user.cookie);
    await test.as(user).patch('/users/me').send({ name: 'Late' }).expect(401);
  });

  it('401 after a sign-out', async () => {
    const user = await test.buildUser();
    await test.as(user).post('/auth/logout').expect(204);
    await expectRefused(user.cookie);
  });

  it('401 for a disabled user, also after being enabled again', async () => {
    const { id, cookie } = await test.buildUser();
    await test.as(admin).patch(`/users/${id}`).send({ status: 'disabled' }).expect(200);
    await expectRefused(cookie);
    expect(await generationOf(test, cookie)).toBe(1);
    await test.as(admin).patch(`/users/${id}`).send({ status: 'active' }).expect(200);
    await expectRefused(cookie);
  });

  it('401 after the user was erased', async () => {
    const { id, cookie } = await test.buildUser();
    await test.as(admin).delete(`/users/${id}`).expect(204);
    await expectRefused(cookie);
  });

  it('503 at the deadline neither clears the cookie nor consumes the token', async () => {
    const settings = { REQUEST_DEADLINE_MS: '300' };
    const { cookie } = await test.buildUser();
    await withTestApp({ settings, databaseUrl: test.databaseUrl }, async (hurried) => {
      const other = await openSecondConnection(hurried);
      try {
        await other.query('BEGIN');
        await other.query('SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE', [sessionIdOf(cookie)]);
        const response = await refresh(hurried, cookie).expect(503);
        expect(response.body.code).toBe('DEADLINE_EXCEEDED');
        expect(response.get('Set-Cookie')).toBeUndefined();
        await other.query('COMMIT');
        await other.untilIdle();
      } finally {
        await other.close();
      }
      expect(await generationOf(hurried, cookie)).toBe(1);
    });
  });

  it('200 after waiting for another transaction that has locked the session', async () => {
    const { cookie } = await test.buildUser();
    const other = await openSecondConnection(test);
    try {
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE', [sessionIdOf(cookie)]);
      const waiting = refresh(test, cookie).then((response) => response);
      await other.untilWaiting(1);
      await other.query('COMMIT');
      const { status } = await waiting;
      expect(status).toBe(200);
    } finally {
      await other.close();
    }
    expect(await generationOf(test, cookie)).toBe(2);
  });

  it('429 neither clears the cookie nor consumes the token', async () => {
    await withTestApp({ settings: { RATE_LIMIT_AUTH_PER_15_MINUTES: '2' } }, async (limited) => {
      const { cookie } = await limited.buildUser();
      const next = cookieOf(await refresh(limited, cookie).expect(200));
      await refresh(limited, 'refresh=garbage').expect(401);
      await refresh(limited, 'refresh=garbage').expect(401);
      const response = await refresh(limited, next).expect(429);
      expect(response.get('Retry-After')).toMatch(/^[1-9]\d*$/);
      expect(setCookiesOf(response)).toEqual([]);
      expect(await generationOf(limited, next)).toBe(2);
    });
  });

  it('503 while the database is unavailable keeps the cookie and the token', async () => {
    await withTestApp({}, async (cut) => {
      const { cookie } = await cut.buildUser();
      await cut.db.close();
      const response = await refresh(cut, cookie).expect(503);
      expect(setCookiesOf(response)).toEqual([]);
      expect(response.get('Retry-After')).toMatch(/^[1-9]\d*$/);
      await cut.db.connect();
      await refresh(cut, cookie).expect(200);
    });
  });
});

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const nextCharacter = (character: string): string => alphabet[alphabet.indexOf(character) + 1] ?? '';
