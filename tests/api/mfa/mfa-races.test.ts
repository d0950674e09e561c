import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { refresh } from '../../helpers/auth.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import {
  buildMfaUser,
  totpCode,
  expireLocks,
  startMfaLogin,
  startTotp,
  verifyMfa,
  wrongTotpCodes,
  type MfaUser,
} from '../../helpers/mfa.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';

/** Two processes share one database. Each test fails if one of the processes relies on cached data. */
describe('concurrent use of second factors', () => {
  let test: TestApp;
  let other: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl });
    other.clock.advance(test.clock.now().getTime() - other.clock.now().getTime());
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const appAt = (index: number) => (index % 2 === 0 ? test : other);
  const statusesOf = (responses: readonly supertest.Response[]) => responses.map(({ status }) => status);
  const count = (responses: readonly supertest.Response[], status: number) =>
    statusesOf(responses).filter((each) => each === status).length;
  const lockOf = ({ id }: MfaUser) => `SELECT 1 FROM totp_credentials WHERE user_id = '${id}' FOR UPDATE`;
  const turnOff = (user: MfaUser, code: string, app = test) =>
    app.as(user).delete('/auth/mfa/totp').send({ password: user.password, code });

  /** Makes two requests wait for the lock that this SQL takes. The first request gets the lock first. */
  async function inOrder(
    lockSql: string,
    first: supertest.Test,
    second: supertest.Test,
  ): Promise<[supertest.Response, supertest.Response]> {
    const blocker = await openSecondConnection(test);
    try {
      await blocker.query('BEGIN');
      await blocker.query(lockSql);
      const one = first.then((response) => response);
      await blocker.untilWaiting(1);
      const two = second.then((response) => response);
      await blocker.untilWaiting(2);
      await blocker.query('COMMIT');
      return [await one, await two];
    } finally {
      await blocker.close();
    }
  }

  it('checks exactly five of two hundred attempts, and rejects even the right code after them', async () => {
    const user = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    const codes = wrongTotpCodes(test, user, 200);
    const guesses = await Promise.all(codes.map((code, index) => verifyMfa(appAt(index), pending, code)));
    expect(count(guesses, 401)).toBe(200);
    const events = await auditEventsOf(test, 'mfa', user.id);
    const judged = events.filter(({ details }) => 'isLocked' in details && details.isLocked === false);
    expect(judged).toHaveLength(5);
    await verifyMfa(test, pending, totpCode(test, user)).expect(401);
    await verifyMfa(other, pending, user.recoveryCodes[0]!).expect(401);
    await expireLocks(test);
    await verifyMfa(other, pending, totpCode(test, user)).expect(200);
  });

  it('signs in one of twenty requests with the same code', async () => {
    const user = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    const code = totpCode(test, user);
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => verifyMfa(appAt(index), pending, code)),
    );
    expect([count(responses, 200), count(responses, 401)]).toEqual([1, 19]);
  });

  it.each([
    ['a code of the app', (user: MfaUser) => totpCode(test, user)],
    ['a recovery code', (user: MfaUser) => user.recoveryCodes[0]!],
  ])('signs in one of four requests with %s that all reach the check', async (_what, codeFor) => {
    const user = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    const requests = Array.from({ length: 4 }, (_, index) => verifyMfa(appAt(index), pending, codeFor(user)));
    const responses = await sendWhileLocked(test, lockOf(user), requests);
    expect([count(responses, 200), count(responses, 401)]).toEqual([1, 3]);
    const sessions = await test.db.query('SELECT 1 FROM sessions WHERE user_id = $1 AND has_mfa', [user.id]);
    // There is one session from enabling the second factor, and only one from the four sign-ins.
    expect(sessions).toHaveLength(2);
  });

  it('signs in two requests with different recovery codes', async () => {
    const user = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    const [first, second] = user.recoveryCodes;
    const requests = [verifyMfa(test, pending, first!), verifyMfa(other, pending, second!)];
    expect(statusesOf(await sendWhileLocked(test, lockOf(user), requests))).toEqual([200, 200]);
  });

  it('accepts a code either for the sign-in or for turning it off, whichever comes first', async () => {
    const signsIn = await buildMfaUser(test);
    const [signedIn, refused] = await inOrder(
      lockOf(signsIn),
      verifyMfa(test, await startMfaLogin(test, signsIn), totpCode(test, signsIn)),
      turnOff(signsIn, totpCode(test, signsIn), other),
    );
    expect([signedIn.status, refused.body.code]).toEqual([200, 'MFA_INVALID_CODE']);

    const turnsOff = await buildMfaUser(test);
    const [off, late] = await inOrder(
      lockOf(turnsOff),
      turnOff(turnsOff, totpCode(test, turnsOff)),
      verifyMfa(other, await startMfaLogin(test, turnsOff), totpCode(test, turnsOff)),
    );
    expect([off.status, late.body.code]).toEqual([204, 'AUTH_INVALID_MFA_CODE']);
  });

  it('rejects a pending sign-in after a password change, in both orders', async () => {
    const newPassword = 'another fine password';
    const change = (user: MfaUser) =>
      other.as(user).post('/auth/password/change').send({ currentPassword: user.password, newPassword });

    const early = await buildMfaUser(test);
    const pending = await startMfaLogin(test, early);
    const blocker = await openSecondConnection(test);
    try {
      await blocker.query('BEGIN');
      await blocker.query(lockOf(early));
      const waiting = verifyMfa(test, pending, early.recoveryCodes[0]!).then((response) => response);
      await blocker.untilWaiting(1);
      await change(early).expect(200);
      await blocker.query('COMMIT');
      expect((await waiting).body.code).toBe('AUTH_INVALID_MFA_CODE');
    } finally {
      await blocker.close();
    }
    // The rejected request did not use up its recovery code, so the code still works.
    const changed = { ...early, password: newPassword };
    const again = verifyMfa(test, await startMfaLogin(test, changed), early.recoveryCodes[0]!);
    expect((await again).status).toBe(200);

    const late = await buildMfaUser(test);
    const [signedIn, done] = await inOrder(
      `SELECT 1 FROM users WHERE id = '${late.id}' FOR UPDATE`,
      verifyMfa(test, await startMfaLogin(test, late), totpCode(test, late)),
      change(late),
    );
    expect([signedIn.status, done.status]).toEqual([200, 200]);
    await other.as(signedIn.body.data).get('/users/me').expect(401);
    await refresh(test, cookieOf(signedIn)).expect(401);
  });

  it('shares used codes and locks between processes', async () => {
    const user = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    await verifyMfa(test, pending, totpCode(test, user)).expect(200);
    await verifyMfa(other, pending, totpCode(test, user)).expect(401);
    await verifyMfa(other, pending, user.recoveryCodes[0]!).expect(200);
    for (const [index, code] of wrongTotpCodes(test, user, 5).entries())
      await verifyMfa(appAt(index), pending, code).expect(401);
    await verifyMfa(test, pending, totpCode(test, user, 1)).expect(401);
    await verifyMfa(other, pending, totpCode(test, user, 1)).expect(401);
  });

  it('revokes a sign-in with only the password that started before it was on', async () => {
    const users = [await test.buildUser(), await test.buildUser()];
    for (const [index, user] of users.entries()) {
      const { id, email, password } = user;
      const code = totpCode(test, { secret: await startTotp(test, user) });
      const confirm = other.as(user).post('/auth/mfa/totp/confirm').send({ code });
      const login = test.http.post('/auth/login').send({ email, password });
      const requests = index === 0 ? ([confirm, login] as const) : ([login, confirm] as const);
      // Both requests wait for the lock on the user. Either may get it first, so the test accepts both results of the
      // sign-in.
      const answers = await inOrder(`SELECT 1 FROM users WHERE id = '${id}' FOR NO KEY UPDATE`, ...requests);
      const [confirmed, signedIn] = index === 0 ? answers : answers.toReversed();
      expect(confirmed!.status).toBe(200);
      if (signedIn!.status === 200) await other.as(signedIn!.body.data).get('/users/me').expect(401);
      else expect(signedIn!.body.code).toBe('AUTH_INVALID_CREDENTIALS');
    }
  });
});
