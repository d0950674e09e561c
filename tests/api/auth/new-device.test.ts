import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { setCookiesOf } from '../../helpers/auth.ts';
import { verifyEmail } from '../../helpers/mailbox.ts';
import { mailTo, waitForSentMails } from '../../helpers/mails.ts';

describe('a sign-in from a new device', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const login = ({ email, password }: TestUser, userAgent: string, cookie = '') =>
    test.http.post('/auth/login').set({ 'User-Agent': userAgent, Cookie: cookie }).send({ email, password });
  const eventsOf = async ({ id }: TestUser): Promise<number> =>
    (
      await test.db.query(
        `SELECT 1 FROM audit_events WHERE type = 'security.new_device' AND subject_id = $1`,
        [id],
      )
    ).length;

  it('is notified by mail and audited; the very first sign-in is not', async () => {
    const user = await test.buildUser();
    await verifyEmail(test, user);
    expect(await eventsOf(user)).toBe(0);
    await login(user, 'Strange <i>Browser</i>').expect(200);
    const mail = await mailTo(test, user.email);
    expect(mail.subject).toBe('A sign-in from a new device');
    expect(mail.text).toContain('Strange <i>Browser</i>');
    expect(mail.html).not.toContain('<i>Browser</i>');
    expect(await eventsOf(user)).toBe(1);
  });

  it('is not notified for a known device, by cookie or user agent', async () => {
    const user = await test.buildUser();
    const first = await login(user, 'Phone 1').expect(200);
    const device = setCookiesOf(first)[1]?.split(';')[0] ?? '';
    await login(user, 'Phone 1').expect(200);
    await login(user, 'Phone 2, after an update', device).expect(200);
    expect(await eventsOf(user)).toBe(1);
    await waitForSentMails(test);
    expect(test.mailer.mails.filter(({ to }) => to === user.email)).toHaveLength(1);
  });
});
