import { Secret, TOTP } from 'otpauth';
import type supertest from 'supertest';
import { cookieOf, type TestApp, type TestUser } from './app.ts';
import { refresh } from './auth.ts';

/** Someone who signs in with a second factor. */
export interface MfaUser extends TestUser {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

const stepMs = 30_000;

/** What an app shows for this secret; `steps` of 30 seconds ahead of the service, or behind it. */
export const totpCode = (test: TestApp, { secret }: { secret: string }, steps = 0): string =>
  TOTP.generate({
    secret: Secret.fromBase32(secret),
    timestamp: test.clock.now().getTime() + steps * stepMs,
  });

/** Codes that no app shows for this secret at this time. */
export function wrongTotpCodes(test: TestApp, user: { secret: string }, count: number): string[] {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => totpCode(test, user, steps)));
  return Array.from({ length: count + right.size }, (_, index) => String(100_000 + index))
    .filter((code) => !right.has(code))
    .slice(0, count);
}

/** Asks for a secret. */
export async function startTotp(test: TestApp, user: TestUser): Promise<string> {
  const { password } = user;
  const response = await test.as(user).post('/auth/mfa/totp').send({ password }).expect(201);
  return response.body.data.secret as string;
}

/** The same person with a new access token: turning the second factor on or off ends the one before. */
export async function withFreshTokens<User extends TestUser>(test: TestApp, user: User): Promise<User> {
  const response = await refresh(test, user.cookie).expect(200);
  const { accessToken } = response.body.data as { accessToken: string };
  return { ...user, accessToken, cookie: cookieOf(response) };
}

/** Turns the second factor on in this session, with the code before the current one: that one is still good. */
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

/** Shows the password, and gives what the second factor is to be shown with. */
export async function startMfaLogin(test: TestApp, { email, password }: TestUser): Promise<string> {
  const response = await test.http.post('/auth/login').send({ email, password }).expect(200);
  return response.body.data.mfaToken as string;
}

export const verifyMfa = (test: TestApp, mfaToken: string, code: string): supertest.Test =>
  test.http.post('/auth/mfa/verify').send({ mfaToken, code });

/** Forgets a lock's end, as if its time were over. */
export async function expireLocks(test: TestApp): Promise<void> {
  await test.db.query('UPDATE attempts SET locked_until = now() WHERE locked_until IS NOT NULL');
}
