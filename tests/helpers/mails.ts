import type { Mail } from '../../src/core/ports.ts';
import type { TestApp } from './app.ts';
import { until } from './until.ts';

/** Waits until at least `count` mails were sent. Returns all mails. */
export async function waitForMails({ mailer }: TestApp, count: number): Promise<readonly Mail[]> {
  await until(`${count} mails were sent`, () => mailer.mails.length >= count);
  return mailer.mails;
}

/** Waits until no stored mail is unsent. Returns all mails. */
export async function waitForSentMails({ db, mailer }: TestApp): Promise<readonly Mail[]> {
  await until(
    'every mail was sent',
    async () => (await db.query('SELECT 1 FROM mails LIMIT 1')).length === 0,
  );
  return mailer.mails;
}

/** Waits until every mail was sent. Returns the newest mail to this address; throws if there is none. */
export async function mailTo(test: TestApp, email: string): Promise<Mail> {
  const mail = (await waitForSentMails(test)).findLast(({ to }) => to === email);
  if (mail === undefined) throw new Error(`No mail was sent to ${email}.`);
  return mail;
}

/** Returns the token in the link of a mail. Throws if there is none. */
export function tokenIn({ text }: Pick<Mail, 'text'>): string {
  const token = /#token=([\w.-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error('The mail has no link with a token.');
  return token;
}
