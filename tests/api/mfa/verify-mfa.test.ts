import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { refresh, withoutRequestId } from '../../helpers/auth.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { resetPassword, verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo, waitForSentMails } from '../../helpers/mails.ts';
import {
  buildMfaUser,
  totpCode,
  expireLocks,
  startMfaLogin,
  verifyMfa,
  wrongTotpCodes,
  type MfaUser,
} from '../../helpers/mfa.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('POST /auth/mfa/verify', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const signIn = async (user: MfaUser, code: string, app = test) =>
    verifyMfa(app, await startMfaLogin(app, user), code);

  const expectRefused = (response: supertest.Response) => {
    expectError(response, 401, 'AUTH_INVALID_MFA_CODE');
    expect(response.get('Set-Cookie')).toBeUndefined();
  };

  it('200 like a login, with a session that has both factors', async () => {
    const user = await buildMfaUser(test);
    const response = (await signIn(user, totpCode(test, user))).body.data as Record<string, unknown>;
    const me = await test.as(user).get('/users/me').expect(200);
    expect(response).toEqual({
      user: me.body.data,
      accessToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 900,
    });
    const [event] = (await auditEventsOf(test, 'auth', user.id)).slice(-1);
    expect(event).toMatchObject({
      type: 'auth.signed_in',
      actorId: user.id,
      details: { method: 'mfa', hasMfa: true },
    });
    expect(await waitForSentMails(test)).not.toContainEqual(
      expect.objectContaining({ to: user.email, subject: 'A recovery code was used' }),
    );
  });

  it('200 with both cookies, and the session can be refreshed', async () => {
    const user = await buildMfaUser(test);
    const response = await signIn(user, totpCode(test, user));
    expect(response.get('Set-Cookie')).toEqual([
      expect.stringMatching(/^refresh=[0-9a-f-]{36}\.1\.[\w-]{43}; .*HttpOnly; SameSite=Strict$/),
      expect.stringMatching(/HttpOnly; SameSite=Strict$/),
    ]);
    expect(response.get('Cache-Control')).toBe('no-store');
    await refresh(test, cookieOf(response)).expect(200);
  });

  it.each([-1, 0, 1])('200 for a code %i steps ahead', async (steps) => {
    const user = await buildMfaUser(test);
    // Forget the last used step, so that the code of the previous step, which enabled the second factor, can be used
    // again.
    await test.db.query('UPDATE totp_credentials SET last_step = 0 WHERE user_id = $1', [user.id]);
    expect((await signIn(user, totpCode(test, user, steps))).status).toBe(200);
  });

  it('200 once with a recovery code in any spelling, notified by mail', async () => {
    const user = await buildMfaUser(test, { name: 'Ann' });
    const [first, second] = user.recoveryCodes;
    const written = ` ${first!.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')} `;
    expect((await signIn(user, written)).status).toBe(200);
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toBe('A recovery code was used');
    expect(mail.text).toContain('Codes left: 9.');
    const event = (await auditEventsOf(test, 'mfa', user.id)).at(-1);
    expect(event).toMatchObject({
      type: 'mfa.recovery_code_used',
      actorId: user.id,
      details: { left: 9 },
    });
    expectRefused(await signIn(user, first!));
    expect((await signIn(user, second!)).status).toBe(200);
  });

  it('200 after a few wrong codes resets the count', async () => {
    const user = await buildMfaUser(test);
    const wrong = wrongTotpCodes(test, user, 8);
    for (const code of wrong.slice(0, 4)) expectRefused(await signIn(user, code));
    expect((await signIn(user, totpCode(test, user))).status).toBe(200);
    for (const code of wrong.slice(4)) expectRefused(await signIn(user, code));
    expect((await signIn(user, totpCode(test, user, 1))).status).toBe(200);
  });

  it('200 with an mfaToken from before a restart', async () => {
    const user = await buildMfaUser(test);
    const [pending, used] = [await startMfaLogin(test, user), totpCode(test, user)];
    expect((await signIn(user, used)).status).toBe(200);
    await withTestApp({ databaseUrl: test.databaseUrl }, async (restarted) => {
      restarted.clock.advance(test.clock.now().getTime() - restarted.clock.now().getTime());
      expectRefused(await verifyMfa(restarted, pending, used));
      await verifyMfa(restarted, pending, totpCode(test, user, 1)).expect(200);
    });
  });

  it('400 with all invalid fields', async () => {
    const response = await test.http.post('/auth/mfa/verify').send({ mfaToken: 'x'.repeat(513), extra: 1 });
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([
      'body code any.required',
      'body extra object.unknown',
      'body mfaToken string.max',
    ]);
  });

  it('401 with the same error for every failure', async () => {
    const user = await buildMfaUser(test);
    const stranger = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    const right = totpCode(test, user);
    const failures = [
      await verifyMfa(test, 'made.up', right),
      await verifyMfa(test, `${pending}x`, right),
      await verifyMfa(test, user.accessToken, right),
      await verifyMfa(test, await startMfaLogin(test, stranger), right),
      await verifyMfa(test, pending, wrongTotpCodes(test, user, 1)[0]!),
      await verifyMfa(test, pending, '12345é'),
      await verifyMfa(test, pending, '0000-0000-0000-0000'),
      await verifyMfa(test, pending, stranger.recoveryCodes[0]!),
    ];
    for (const code of wrongTotpCodes(test, user, 5)) await verifyMfa(test, pending, code).expect(401);
    failures.push(await verifyMfa(test, pending, right));
    failures.push(await verifyMfa(test, pending, user.recoveryCodes[0]!));
    for (const response of failures) {
      expectRefused(response);
      expect(withoutRequestId(response)).toEqual(withoutRequestId(failures[0]!));
      expect(response.get('Content-Length')).toBe(failures[0]!.get('Content-Length'));
      expect(response.get('WWW-Authenticate')).toBe('Bearer');
      expect(response.get('Retry-After')).toBeUndefined();
    }
    // The lock was the only reason to refuse the last two codes, so they are not used up and work after its end.
    await expireLocks(test);
    await verifyMfa(test, pending, right).expect(200);
  });

  it('401 is audited, with the lock state', async () => {
    const user = await buildMfaUser(test);
    for (const code of wrongTotpCodes(test, user, 6)) expectRefused(await signIn(user, code));
    const refusals = (await auditEventsOf(test, 'mfa', user.id)).filter(
      ({ type }) => type === 'mfa.code_refused',
    );
    expect(refusals.map(({ actorId, details }) => ({ actorId, details }))).toEqual([
      ...Array.from({ length: 5 }, () => ({ actorId: null, details: { isLocked: false } })),
      { actorId: null, details: { isLocked: true } },
    ]);
  });

  it.each([-2, 2])('401 for a code %i steps ahead', async (steps) => {
    const user = await buildMfaUser(test);
    await test.db.query('UPDATE totp_credentials SET last_step = 0 WHERE user_id = $1', [user.id]);
    expectRefused(await signIn(user, totpCode(test, user, steps)));
  });

  it('401 for the code that turned it on', async () => {
    const user = await buildMfaUser(test);
    expectRefused(await signIn(user, totpCode(test, user, -1)));
  });

  it('401 for a used code, and for the one before it', async () => {
    const user = await buildMfaUser(test);
    const [current, next] = [totpCode(test, user), totpCode(test, user, 1)];
    expect((await signIn(user, next)).status).toBe(200);
    expectRefused(await signIn(user, next));
    expectRefused(await signIn(user, current));
    test.clock.advance(60_000);
    expect((await signIn(user, totpCode(test, user))).status).toBe(200);
  });

  it('401 five minutes after the first factor', async () => {
    await withTestApp({}, async (app) => {
      const user = await buildMfaUser(app);
      const pending = await startMfaLogin(app, user);
      app.clock.advance(5 * 60_000 - 1);
      const wrong = wrongTotpCodes(app, user, 1)[0]!;
      expectRefused(await verifyMfa(app, pending, wrong));
      app.clock.advance(1);
      expectRefused(await verifyMfa(app, pending, totpCode(app, user)));
      // Two events mean that only the first code was checked: when the second code arrived, the sign-in had expired.
      expect(await auditEventsOf(app, 'mfa', user.id)).toHaveLength(2);
      await verifyMfa(app, await startMfaLogin(app, user), totpCode(app, user)).expect(200);
    });
  });

  type Change = [what: string, change: (user: MfaUser) => Promise<{ password?: string }>];
  const newPassword = 'another fine password';
  const changes: Change[] = [
    [
      'the password was changed',
      async (user) => {
        const body = { currentPassword: user.password, newPassword };
        await test.as(user).post('/auth/password/change').send(body).expect(200);
        return { password: newPassword };
      },
    ],
    [
      'the password was set anew',
      async (user) => {
        await verifyEmail(test, user);
        return { password: await resetPassword(test, user) };
      },
    ],
    [
      'everything was signed out',
      async (user) => {
        await test.as(user).post('/auth/logout-all').expect(204);
        return {};
      },
    ],
  ];

  it.each(changes)('401 if, since the first factor, %s', async (_what, change) => {
    const user = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    const changed = { ...user, ...(await change(user)) };
    expectRefused(await verifyMfa(test, pending, totpCode(test, user)));
    expectRefused(await verifyMfa(test, pending, user.recoveryCodes[0]!));
    expect((await signIn(changed, totpCode(test, user))).status).toBe(200);
  });

  it('401 if the account was disabled or erased since', async () => {
    const admin = await test.buildUser({ roles: ['admin'] });
    const [disabled, erased] = [await buildMfaUser(test), await buildMfaUser(test)];
    const pending = [await startMfaLogin(test, disabled), await startMfaLogin(test, erased)] as const;
    await test.as(admin).patch(`/users/${disabled.id}`).send({ status: 'disabled' }).expect(200);
    await test.as(admin).delete(`/users/${erased.id}`).expect(204);
    expectRefused(await verifyMfa(test, pending[0], totpCode(test, disabled)));
    expectRefused(await verifyMfa(test, pending[1], totpCode(test, erased)));
  });

  it('403 for a cross-site page keeps the code valid', async () => {
    const user = await buildMfaUser(test);
    const pending = await startMfaLogin(test, user);
    const response = await verifyMfa(test, pending, totpCode(test, user)).set(
      'Origin',
      'https://evil.example.com',
    );
    expectError(response, 403, 'AUTH_CROSS_SITE');
    await verifyMfa(test, pending, totpCode(test, user)).expect(200);
  });

  it('429 after too many failures from one address', async () => {
    await withTestApp({ settings: { RATE_LIMIT_AUTH_PER_15_MINUTES: '4' } }, async (limited) => {
      // The limit of four includes the request in `buildMfaUser` that creates the secret.
      const user = await buildMfaUser(limited);
      const pending = await startMfaLogin(limited, user);
      for (const code of wrongTotpCodes(limited, user, 3))
        await verifyMfa(limited, pending, code).expect(401);
      const response = await verifyMfa(limited, pending, totpCode(limited, user)).expect(429);
      expect(response.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    });
  });
});
