import { cookieOf, type TestApp, type TestUser } from './app.ts';
import { mailTo, tokenIn } from './mails.ts';

const newPassword = 'the password of the owner';

/** How the owner of an address proves it, and takes over an account that someone else created with it. */
export type ProofMethod = 'verification' | 'reset';
export const proofMethods: readonly ProofMethod[] = ['verification', 'reset'];

/** Marks the address of an account as verified, without a mail. */
export async function verifyEmail(test: TestApp, { id }: Pick<TestUser, 'id'>): Promise<void> {
  await test.db.query('UPDATE users SET email_verified = true WHERE id = $1', [id]);
}

/** Resets the password with the link of a mail. Returns the new password. */
export async function resetPassword(test: TestApp, { email }: Pick<TestUser, 'email'>): Promise<string> {
  await test.http.post('/auth/password/forgot').send({ email }).expect(202);
  const token = tokenIn(await mailTo(test, email));
  await test.http.post('/auth/password/reset').send({ token, password: newPassword }).expect(204);
  return newPassword;
}

/** Verifies the address with the link of a mail. */
export async function confirmEmail(test: TestApp, user: TestUser): Promise<void> {
  await test.as(user).post('/auth/email/verify/resend').expect(202);
  const token = tokenIn(await mailTo(test, user.email));
  await test.http.post('/auth/email/verify').send({ token }).expect(204);
}

/** Proves the address and signs in as its owner. */
export async function proveEmail(test: TestApp, user: TestUser, proof: ProofMethod): Promise<TestUser> {
  const { email } = user;
  if (proof === 'verification') await confirmEmail(test, user);
  const password = proof === 'reset' ? await resetPassword(test, user) : user.password;
  const response = await test.http.post('/auth/login').send({ email, password }).expect(200);
  const { accessToken } = response.body.data as { accessToken: string };
  return { ...user, password, accessToken, cookie: cookieOf(response) };
}
