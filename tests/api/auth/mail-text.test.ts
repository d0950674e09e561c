import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { languages } from '../../../src/core/languages.ts';
import type { Mail } from '../../../src/core/ports.ts';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo, tokenIn, waitForSentMails } from '../../helpers/mails.ts';

const phishing = 'Click https://evil.example/login';

/** Returns the complete text of a mail, except the links of the service. */
const wordsOf = ({ subject, text, html }: Mail): string =>
  [subject, text, html].join('\n').replaceAll(/http:\/\/localhost:3000\/[^"<\s]*/g, '');

describe.each(languages)('untrusted text in mails about an account, in %s', (language) => {
  let test: TestApp;
  let counter = 0;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const password = 'correct horse battery';

  /** Registers with a malicious name and user agent. */
  async function register(name = phishing): Promise<TestUser> {
    counter += 1;
    const email = `bait${counter}@example.com`;
    const response = await test.http
      .post('/auth/register')
      .set('Accept-Language', language)
      .send({ email, password, name })
      .expect(201);
    const { user, accessToken } = response.body.data as { user: { id: string }; accessToken: string };
    return { ...user, email, password, accessToken, cookie: '' };
  }

  const loginFrom = ({ email }: TestUser, device: string) =>
    test.http
      .post('/auth/login')
      .set({ 'User-Agent': device, 'Accept-Language': language })
      .send({ email, password })
      .expect(200);

  const mailsTo = async (...emails: string[]): Promise<Mail[]> =>
    (await waitForSentMails(test)).filter(({ to }) => emails.includes(to));

  it('is omitted from mails to an unverified address', async () => {
    const user = await register();
    const next = `next-${user.email}`;
    await loginFrom(user, phishing);
    await test.as(user).post('/auth/email/verify/resend').expect(202);
    await test.as(user).post('/auth/email/change').send({ email: next, password }).expect(202);
    const change = tokenIn(await mailTo(test, next));
    await test.http.post('/auth/password/forgot').send({ email: user.email }).expect(202);
    const reset = tokenIn(await mailTo(test, user.email));
    const body = { currentPassword: password, newPassword: 'something else again' };
    const changed = await test.as(user).post('/auth/password/change').send(body).expect(200);
    await test.http.post('/auth/password/forgot').send({ email: user.email }).expect(202);
    const again = tokenIn(await mailTo(test, user.email));
    await test.http.post('/auth/password/reset').send({ token: again, password }).expect(204);
    const mails = await mailsTo(user.email, next);
    expect([changed.status, change, reset].every(Boolean)).toBe(true);
    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(6);
    for (const mail of mails) expect(wordsOf(mail)).not.toMatch(/evil|click/i);
  });

  it('is omitted from mails about a change of an unverified address', async () => {
    const user = await register();
    const next = `moved-${user.email}`;
    await test.as(user).post('/auth/email/change').send({ email: next, password }).expect(202);
    const token = tokenIn(await mailTo(test, next));
    await test.http.post('/auth/email/change/confirm').send({ token }).expect(204);
    const mails = await mailsTo(user.email, next);
    expect(mails).toHaveLength(4);
    for (const mail of mails) expect(wordsOf(mail)).not.toMatch(/evil|click/i);
  });

  it('is neutralized and cut to 60 characters in mails to a verified address', async () => {
    const user = await register(`${phishing} ${'x'.repeat(100)}`);
    await verifyEmail(test, user);
    await loginFrom(user, phishing);
    const mail = await mailTo(test, user.email);
    expect(wordsOf(mail)).not.toMatch(/evil\.example|https?:/);
    expect(mail.text).toMatch(/^\p{L}+ Click evil\. example\/login x{34},\n/u);
    expect(mail.text).toContain(': Click evil. example/login\n');
  });
});
