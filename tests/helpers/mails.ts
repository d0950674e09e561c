import { setTimeout as sleep } from 'node:timers/promises';
import type { Mail } from '../../src/core/ports.ts';
import type { TestApp } from './app.ts';

const patienceMs = 10_000;

/** Returns once `isMet` gives true; throws with what is missing when that takes too long. */
async function until(isMet: () => Promise<boolean>, missing: () => string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await isMet())) {
    if (performance.now() > deadline) throw new Error(`In ${patienceMs} ms ${missing()}.`);
    await sleep(5);
  }
}

/** Returns all mails once at least this many have left. */
export async function untilMails({ mailer }: TestApp, count: number): Promise<readonly Mail[]> {
  await until(
    async () => mailer.mails.length >= count,
    () => `only ${mailer.mails.length} of ${count} mails left`,
  );
  return mailer.mails;
}

/** Returns all mails once none waits any more: what was committed before this call has left, and nothing else will. */
export async function untilMailsLeft({ db, mailer }: TestApp): Promise<readonly Mail[]> {
  await until(
    async () => (await db.query('SELECT 1 FROM mails LIMIT 1')).length === 0,
    () => 'not every mail left',
  );
  return mailer.mails;
}

/** The newest mail to this address, once none waits any more; throws when there is none. */
export async function mailTo(test: TestApp, email: string): Promise<Mail> {
  const mail = (await untilMailsLeft(test)).findLast(({ to }) => to === email);
  if (mail === undefined) throw new Error(`No mail to ${email} left.`);
  return mail;
}

/** The token in the link of a mail; throws when there is none. */
export function tokenIn({ text }: Pick<Mail, 'text'>): string {
  const token = /#token=([\w.-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error('The mail has no link with a token.');
  return token;
}
