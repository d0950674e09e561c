import { Secret, TOTP } from 'otpauth';
import type supertest from 'supertest';
import { cookieOf, type TestApp, type TestUser } from './app.ts';
import { refresh } from './auth.ts';

/** A signed-in user with a second factor. */
export interface MfaUser extends TestUser {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

const stepMs = 30_000;

/** Returns the TOTP code of a secret at the time of the service's clock, plus `steps` times 30 seconds. */
export const totpCode = (test: TestApp, { secret }: { secret: string }, steps = 0): string =>
  TOTP.generate({
    secret: Secret.fromBase32(secret),
    timestamp: test.clock.now().getTime() + steps * stepMs,
  });

/** Returns codes that this secret does not accept now. */
export function wrongTotpCodes(test: TestApp, user: { secret: string }, count: number): string[] {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => totpCode(test, user, steps)));
  return Array.from({ length: count + right.size }, (_, index) => String(100_000 + index))
    .filter((code) => !right.has(code))
    .slice(0, count);
}

/** Starts to set up TOTP and returns the secret. */
export async function startTotp(test: TestApp, user: TestUser): Promise<string> {
  const { password } = user;
  const response = await test.as(user).post('/auth/mfa/totp').send({ password }).expect(201);
  return response.body.data.secret as string;
}

/**
 * Returns the user with new tokens, because enabling or disabling the second factor makes the old access token invalid.
 */
export async function withFreshTokens<User extends TestUser>(test: TestApp, user: User): Promise<User> {
  const response = await refresh(test, user.cookie).expect(200);
  const { accessToken } = response.body.data as { accessToken: string };
  return { ...user, accessToken, cookie: cookieOf(response) };
}

/**
 * Enables the second factor. Confirms it with the code of the previous 30 seconds, so that the current code can still
 * be used.
 */
export async function enableMfa(test: TestApp, user: TestUser): Promise<MfaUser> {
  const secret = await startTotp(test, user);
  const code = totpCode(test, { secret }, -1);
  const response = await test.as(user).post('/auth/mfa/totp/confirm').send({ code }).expect(200);
  const { recoveryCodes } = response.body.data as { recoveryCodes: string[] };
  return { ...(await withFreshTokens(test, user)), secret, recoveryCodes };
}

export const buildMfaUser = async (
  test: TestApp,
  overrides?: Parameters<TestApp['buildUser']>[0],
): Promise<MfaUser> => enableMfa(test, await test.buildUser(overrides));

/** Signs in with the password. Returns the `mfaToken` for the second step. */
export async function startMfaLogin(test: TestApp, { email, password }: TestUser): Promise<string> {
  const response = await test.http.post('/auth/login').send({ email, password }).expect(200);
  return response.body.data.mfaToken as string;
}

export const verifyMfa = (test: TestApp, mfaToken: string, code: string): supertest.Test =>
  test.http.post('/auth/mfa/verify').send({ mfaToken, code });

/** Makes every lock expire that wrong attempts have caused. */
export async function expireLocks(test: TestApp): Promise<void> {
  await test.db.query('UPDATE attempts SET locked_until = now() WHERE locked_until IS NOT NULL');
}
