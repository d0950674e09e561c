import { cookieOf, type TestApp, type TestUser } from './app.ts';
import { mailTo, tokenIn } from './mails.ts';

const newPassword = 'the password of the owner';

/**
 * How a user proves to own a mailbox. The proof lets the owner of the address take over an account that a stranger has
 * created with the address.
 */
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

/** Proves that the address belongs to the user, and signs in. */
export async function proveEmail(test: TestApp, user: TestUser, proof: ProofMethod): Promise<TestUser> {
  const { email } = user;
  if (proof === 'verification') await confirmEmail(test, user);
  const password = proof === 'reset' ? await resetPassword(test, user) : user.password;
  const response = await test.http.post('/auth/login').send({ email, password }).expect(200);
  const { accessToken } = response.body.data as { accessToken: string };
  return { ...user, password, accessToken, cookie: cookieOf(response) };
}
