import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { refresh, setCookiesOf, withoutRequestId } from '../../helpers/auth.ts';

/** Returns everything in a response that could tell a client whether the account exists. */
const visibleOf = (response: supertest.Response): unknown => {
  const { 'x-request-id': _id, date: _date, ...headers } = response.headers as Record<string, string>;
  return { status: response.status, headers, body: withoutRequestId(response) };
};

describe('lockout', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const login = (email: string, password: string, app = test) =>
    app.http.post('/auth/login').send({ email, password });
  const fail = async (email: string, times: number): Promise<void> => {
    for (let round = 0; round < times; round += 1) await login(email, 'wrong password').expect(401);
  };
  const deviceOf = (response: supertest.Response): string =>
    (setCookiesOf(response).find((cookie) => cookie.startsWith('device=')) ?? '').split(';')[0] ?? '';
  const ageLocks = (seconds: number) =>
    test.db.query(
      `UPDATE attempts SET locked_until = locked_until - make_interval(secs => $1),
         window_started_at = window_started_at - make_interval(secs => $1)`,
      [seconds],
    );

  it('starts with the tenth failure, in every process, and rejects the right password like a wrong one', async () => {
    const { email, password } = await test.buildUser();
    await fail(email, 9);
    const wrong = await login(email, 'wrong password').expect(401);
    const locked = await login(email, password, other).expect(401);
    expect(visibleOf(locked)).toEqual(visibleOf(wrong));
    expect(visibleOf(await login('nobody@example.com', password))).toEqual(visibleOf(wrong));
  });

  it('checks exactly ten of 200 concurrent attempts', async () => {
    const { email, id } = await test.buildUser();
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        login(email, `guess number ${index}`, index % 2 === 0 ? test : other),
      ),
    );
    const [row] = await test.db.query<{ compared: string; refused: string }>(
      `SELECT count(*) FILTER (WHERE details->>'isLocked' = 'false') AS compared,
         count(*) FILTER (WHERE details->>'isLocked' = 'true') AS refused
       FROM audit_events WHERE type = 'auth.sign_in_failed' AND subject_id = $1`,
      [id],
    );
    expect(Number(row?.compared)).toBe(10);
    expect(Number(row?.refused)).toBeGreaterThan(0);
    const locks = await test.db.query(
      `SELECT 1 FROM audit_events WHERE type = 'auth.account_locked' AND subject_id = $1`,
      [id],
    );
    expect(locks).toHaveLength(1);
  });

  it('a success before the tenth failure resets the count', async () => {
    const { email, password } = await test.buildUser();
    await fail(email, 9);
    await login(email, password).expect(200);
    await fail(email, 9);
    await login(email, password).expect(200);
  });

  it('failures more than 15 minutes ago do not count', async () => {
    const { email, password } = await test.buildUser();
    await fail(email, 9);
    await ageLocks(901);
    await fail(email, 1);
    await login(email, password).expect(200);
  });

  it('lasts 1, 2, 4, 8, 15 and again 15 minutes, and attempts do not extend it', async () => {
    const { email, password } = await test.buildUser();
    for (const minutes of [1, 2, 4, 8, 15, 15]) {
      await fail(email, 10);
      await ageLocks(minutes * 60 - 5);
      await login(email, password).expect(401);
      await ageLocks(6);
      // No lock is left, so the service checks the next attempts again.
      const [row] = await test.db.query(`SELECT 1 FROM attempts WHERE locked_until > now()`);
      expect(row).toBeUndefined();
    }
    await login(email, password).expect(200);
  });

  it('counts attempts on unknown addresses too', async () => {
    await fail('ghost@example.com', 11);
    const rows = await test.db.query(
      `SELECT 1 FROM audit_events WHERE type = 'auth.account_locked' AND subject_id IS NULL`,
    );
    expect(rows).toHaveLength(1);
    const stored = await test.db.query<{ all: string }>('SELECT attempts::text AS all FROM attempts');
    expect(stored.some(({ all }) => all.includes('ghost'))).toBe(false);
  });

  it('caused by others does not affect a known device of the owner or open sessions', async () => {
    const user = await test.buildUser();
    const device = deviceOf(await login(user.email, user.password).expect(200));
    await fail(user.email, 10);
    await login(user.email, user.password).expect(401);
    await refresh(test, user.cookie).expect(200);
    await test.as(user).get('/users/me').expect(200);
    await login(user.email, user.password, other).set('Cookie', device).expect(200);
    // A client without the device cookie is still locked out.
    await login(user.email, user.password).expect(401);
  });

  it('applies to a known device with a separate count', async () => {
    const { email, password } = await test.buildUser();
    const device = deviceOf(await login(email, password).expect(200));
    for (let round = 0; round < 10; round += 1)
      await login(email, 'wrong password').set('Cookie', device).expect(401);
    await login(email, password).set('Cookie', device).expect(401);
    await login(email, password).expect(200);
  });

  it('rejects a device token of another user and a modified one', async () => {
    const [victim, thief] = [await test.buildUser(), await test.buildUser()];
    const device = deviceOf(await login(thief.email, thief.password).expect(200));
    await fail(victim.email, 10);
    const forged = device.replace(thief.id, victim.id);
    for (const cookie of [device, forged, 'device=', 'device=a.b.c'])
      await login(victim.email, victim.password).set('Cookie', cookie).expect(401);
  });
});
