import type { Mail } from '../../src/core/ports.ts';
import type { TestApp } from './app.ts';
import { until } from './until.ts';

/** Returns all mails once at least this many have left. */
export async function waitForMails({ mailer }: TestApp, count: number): Promise<readonly Mail[]> {
  await until(`${count} mails have left`, () => mailer.mails.length >= count);
  return mailer.mails;
}

/** Returns all mails once none waits any more: what was committed before this call has left, and nothing else will. */
export async function waitForSentMails({ db, mailer }: TestApp): Promise<readonly Mail[]> {
  await until(
    'every mail has left',
    async () => (await db.query('SELECT 1 FROM mails LIMIT 1')).length === 0,
  );
  return mailer.mails;
}

/** The newest mail to this address, once none waits any more; throws when there is none. */
export async function mailTo(test: TestApp, email: string): Promise<Mail> {
  const mail = (await waitForSentMails(test)).findLast(({ to }) => to === email);
  if (mail === undefined) throw new Error(`No mail to ${email} left.`);
  return mail;
}

/** The token in the link of a mail; throws when there is none. */
export function tokenIn({ text }: Pick<Mail, 'text'>): string {
  const token = /#token=([\w.-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error('The mail has no link with a token.');
  return token;
}
