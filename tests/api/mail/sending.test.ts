import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { text as mailText, trustedText, type MailTemplate, type Mails } from '../../../src/api/mail/index.ts';
import { currentContext, runInContext } from '../../../src/core/context.ts';
import { inEveryLanguage } from '../../../src/core/languages.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { createTestDatabase, databaseName, dropDatabase } from '../../helpers/databases.ts';
import { mailTo, tokenIn, waitForMails, waitForSentMails } from '../../helpers/mails.ts';
import { withTestApp } from '../../helpers/with-app.ts';

const note: MailTemplate<{ text: string }> = {
  subject: () => inEveryLanguage((language) => mailText`A note (${trustedText(language)})`),
  body: ({ text }) => inEveryLanguage(() => [mailText`${text}`]),
};
const linked: MailTemplate<{ link: string }> = {
  subject: () => inEveryLanguage(() => mailText`A link`),
  body: ({ link }) => inEveryLanguage(() => [{ label: mailText`Open`, url: link }]),
};

const ann = { email: 'ann@example.com', language: 'en', name: null, emailVerified: true } as const;

const mailsOf = ({ app }: TestApp): Mails => app.modules.instances.get('mail')?.api as Mails;

/** Sends a mail in a transaction of its own. */
const sendNote = (test: TestApp, email: string, text = 'All is well'): Promise<void> =>
  test.db.transaction(() => mailsOf(test).send({ ...ann, email }, note, { text }));

interface Row {
  readonly content: string;
  readonly attempts: number;
  /** The number of seconds until the mail is due. */
  readonly wait: number;
  readonly availableAt: Date;
  readonly isHeld: boolean;
}

const rowsOf = ({ db }: TestApp): Promise<Row[]> =>
  db.query<Row>(
    `SELECT content, attempts, lease_until IS NOT NULL AS "isHeld",
       extract(epoch FROM available_at - now())::float AS wait, available_at AS "availableAt" FROM mails ORDER BY created_at`,
  );

/** Waits until each mail has had this many attempts and none is being sent. */
async function untilPostponed(test: TestApp, attempts: number): Promise<Row[]> {
  for (;;) {
    const rows = await rowsOf(test);
    if (rows.length > 0 && rows.every((row) => !row.isHeld && row.attempts >= attempts)) return rows;
  }
}

/** Makes every waiting mail due, and wakes the queue. */
async function retryNow(test: TestApp): Promise<void> {
  await test.db.query(`UPDATE mails SET available_at = now()`);
  await sendNote(test, 'waker@example.com');
}

describe('a mail', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  beforeEach(async () => {
    test.mailer.failure = null;
    await test.db.query('DELETE FROM mails');
    test.mailer.mails.length = 0;
    test.logger.lines.length = 0;
  });
  afterAll(() => test.close());

  it('is sent after the commit and not before', async () => {
    await test.db.transaction(async () => {
      await mailsOf(test).send(ann, note, { text: 'All is well' });
      expect(test.mailer.mails).toEqual([]);
      // Let another app send all mails that it can see. The first mail must not be among them, because it is not
      // committed yet.
      await sendNoteOutside();
      expect(test.mailer.mails.map(({ to }) => to)).toEqual(['other@example.com']);
    });
    const mail = await mailTo(test, 'ann@example.com');
    expect(mail.subject).toBe('A note (en)');
    expect(mail.text).toContain('All is well\n');
  });

  /** Makes a second app with the same database send a mail while the first app's transaction is open. */
  async function sendNoteOutside(): Promise<void> {
    await withTestApp({ databaseUrl: test.databaseUrl }, async (other) => {
      await sendNote(other, 'other@example.com');
      await waitForSentMails(other);
      test.mailer.mails.push(...other.mailer.mails);
    });
  }

  it('is not sent after a rollback', async () => {
    const failed = test.db.transaction(async () => {
      await mailsOf(test).send(ann, note, { text: 'All is well' });
      throw new Error('Changed my mind.');
    });
    await expect(failed).rejects.toThrow('Changed my mind.');
    await sendNote(test, 'next@example.com');
    expect((await waitForSentMails(test)).map(({ to }) => to)).toEqual(['next@example.com']);
  });

  it('throws outside a transaction', async () => {
    const sent = mailsOf(test).send(ann, note, { text: 'All is well' });
    await expect(sent).rejects.toThrow('inside db.transaction');
    expect(await rowsOf(test)).toEqual([]);
  });

  // #region de
  it('is written in the language of its recipient', async () => {
    await test.db.transaction(() => mailsOf(test).send({ ...ann, language: 'de' }, note, { text: 'Hallo' }));
    expect((await mailTo(test, 'ann@example.com')).subject).toBe('A note (de)');
  });
  // #endregion

  it('is sent outside its request and is not subject to the deadline', async () => {
    const context = { requestId: 'a', ip: '', userAgent: null, language: null, isExpired: false };
    const { deliver } = test.mailer;
    const contexts: unknown[] = [];
    test.mailer.deliver = async (mail) => {
      contexts.push(currentContext());
      await deliver(mail);
    };
    await runInContext(context, () => sendNote(test, 'ann@example.com'));
    await waitForSentMails(test);
    test.mailer.deliver = deliver;
    expect(contexts).toEqual([undefined]);
  });

  it('links to the configured URL with the token in the fragment', async () => {
    const link = mailsOf(test).linkTo('verify-email', 'a-token_1.x');
    expect(link).toBe('http://localhost:3000/verify-email#token=a-token_1.x');
    await test.db.transaction(() => mailsOf(test).send(ann, linked, { link }));
    expect(tokenIn(await mailTo(test, 'ann@example.com'))).toBe('a-token_1.x');
    const settings = { PUBLIC_URL: 'https://api.example.com', APP_URL: 'https://app.example.com' };
    await withTestApp({ settings, databaseUrl: test.databaseUrl }, async (product) => {
      expect(mailsOf(product).linkTo('verify-email', 'x')).toBe(
        'https://app.example.com/verify-email#token=x',
      );
    });
  });

  it('is stored encrypted', async () => {
    test.mailer.failure = new Error('down');
    await sendNote(test, 'ann@example.com', 'SENTINEL');
    const [row] = await untilPostponed(test, 1);
    expect(row!.content).toMatch(/^e1\./);
    const dump = await test.db.query<{ line: string }>('SELECT m::text AS line FROM mails m');
    expect(dump[0]!.line).not.toMatch(/ann|SENTINEL|note/);
  });

  it('is retried with growing delays and deleted once sent', async () => {
    test.mailer.failure = Object.assign(new Error('550 <ann@example.com> SENTINEL'), { code: 'EENVELOPE' });
    await sendNote(test, 'ann@example.com');
    const [first] = await untilPostponed(test, 1);
    expect(first!.wait).toBeLessThanOrEqual(1);
    const secondsAfter = (moment: Date, { availableAt }: Row) =>
      (availableAt.getTime() - moment.getTime()) / 1_000;
    const beforeFifth = await databaseTime();
    await test.db.query(`UPDATE mails SET attempts = 4, available_at = now()`);
    await sendNote(test, 'waker@example.com');
    const later = (await untilAllPostponed())[0]!;
    expect(later.attempts).toBe(5);
    expect(secondsAfter(beforeFifth, later)).toBeGreaterThan(7);
    expect(later.wait).toBeLessThanOrEqual(16);
    const beforeLast = await databaseTime();
    await test.db.query(`UPDATE mails SET attempts = 50, available_at = now()`);
    await sendNote(test, 'waker@example.com');
    const last = (await untilAllPostponed())[0]!;
    expect(secondsAfter(beforeLast, last)).toBeGreaterThan(440);
    expect(last.wait).toBeLessThanOrEqual(900);

    test.mailer.failure = null;
    await retryNow(test);
    expect((await mailTo(test, 'ann@example.com')).subject).toBe('A note (en)');
    expect(await rowsOf(test)).toEqual([]);
    const warnings = test.logger.lines.filter(({ message }) => message.includes('will be retried'));
    expect(warnings[0]).toMatchObject({ level: 'warn', fields: { attempts: 1, reason: 'EENVELOPE' } });
    expect(JSON.stringify(test.logger.lines)).not.toMatch(/ann@|SENTINEL/);
  });

  async function databaseTime(): Promise<Date> {
    const [row] = await test.db.query<{ now: Date }>('SELECT now()');
    return row!.now;
  }

  async function untilAllPostponed(): Promise<Row[]> {
    for (;;) {
      const rows = await rowsOf(test);
      if (rows.every(({ isHeld, wait }) => !isHeld && wait > 0)) return rows;
    }
  }

  it('is dropped after a permanent rejection, and logged without the address', async () => {
    test.mailer.failure = Object.assign(new Error('550 5.1.1 <ann@example.com>'), {
      code: 'EENVELOPE',
      command: 'RCPT TO',
      responseCode: 550,
      response: '550 5.1.1 <ann@example.com> SENTINEL',
    });
    await sendNote(test, 'ann@example.com');
    await waitForSentMails(test);
    expect(test.mailer.mails).toEqual([]);
    const lines = test.logger.lines.filter(({ level }) => level === 'error' || level === 'warn');
    expect(lines).toEqual([
      {
        level: 'error',
        message: 'The mail server rejected a mail permanently; it was dropped.',
        fields: { mailId: expect.any(String), attempts: 1, reason: 'EENVELOPE', smtpReply: '550 5.1.1' },
      },
    ]);
    expect(JSON.stringify(test.logger.lines)).not.toMatch(/ann@|SENTINEL/);
  });

  it('is retried if the server rejects the credentials, and the log names the setting', async () => {
    test.mailer.failure = Object.assign(new Error('535 5.7.8'), {
      code: 'EAUTH',
      command: 'AUTH PLAIN',
      responseCode: 535,
      response: '535 5.7.8 SENTINEL',
    });
    await sendNote(test, 'ann@example.com');
    await untilPostponed(test, 1);
    const [error] = test.logger.lines.filter(({ level }) => level === 'error');
    expect(error!.fields).toMatchObject({ setting: 'SMTP_URL', smtpReply: '535 5.7.8' });
    test.mailer.failure = null;
    await retryNow(test);
    expect((await mailTo(test, 'ann@example.com')).subject).toBe('A note (en)');
  });

  it('is dropped after one day, and logged without the address', async () => {
    test.mailer.failure = new Error('down');
    await sendNote(test, 'ann@example.com');
    await untilPostponed(test, 1);
    await test.db.query(`UPDATE mails SET expires_at = now()`);
    test.mailer.failure = null;
    await sendNote(test, 'waker@example.com');
    expect((await waitForSentMails(test)).map(({ to }) => to)).toEqual(['waker@example.com']);
    const errors = test.logger.lines.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]!.fields).toEqual({ mailId: expect.any(String), attempts: 1 });
  });

  it('does not block others if it cannot be decrypted', async () => {
    test.mailer.failure = new Error('down');
    await sendNote(test, 'ann@example.com');
    await untilPostponed(test, 1);
    await test.db.query(`UPDATE mails SET content = 'e1.AAAAAAAA.AAAAAAAAAAAAAAAA.' || repeat('A', 40)`);
    test.mailer.failure = null;
    await retryNow(test);
    await waitForMails(test, 1);
    expect(test.mailer.mails.map(({ to }) => to)).toEqual(['waker@example.com']);
    await untilPostponed(test, 2);
    const [error] = test.logger.lines.filter(({ level }) => level === 'error');
    expect(error!.message).toBe('A mail in the queue could not be decrypted.');
  });
});

describe('the mail queue', () => {
  const name = databaseName('mails');
  let databaseUrl: string;

  beforeAll(async () => {
    databaseUrl = await createTestDatabase(name);
  });
  afterAll(() => dropDatabase(name));

  it('survives a restart', async () => {
    await withTestApp({ databaseUrl }, async (first) => {
      first.mailer.failure = new Error('down');
      await sendNote(first, 'ann@example.com');
      await untilPostponed(first, 1);
      await first.app.stop();
      await first.db.query('UPDATE mails SET available_at = now()');
    });
    await withTestApp({ databaseUrl }, async (second) => {
      expect((await mailTo(second, 'ann@example.com')).text).toContain('All is well');
    });
  });

  it('hands a mail to another process after its lease expired', async () => {
    await withTestApp({ databaseUrl }, async (first) => {
      first.mailer.failure = new Error('down');
      await sendNote(first, 'held@example.com');
      await sendNote(first, 'dead@example.com');
      await untilPostponed(first, 1);
      await first.app.stop();
      await first.db.query(
        `UPDATE mails SET available_at = now(), lease_until = now() + (CASE row WHEN 1 THEN 30 ELSE -1 END) * interval '1 second'
         FROM (SELECT id AS held, row_number() OVER (ORDER BY id) AS row FROM mails) AS numbered WHERE id = held`,
      );
    });
    await withTestApp({ databaseUrl }, async (second) => {
      await waitForMails(second, 1);
      await sendNote(second, 'next@example.com');
      await waitForMails(second, 2);
      expect(second.mailer.mails.map(({ to }) => to)).toEqual(['dead@example.com', 'next@example.com']);
      await second.db.query('DELETE FROM mails');
    });
  });

  it('sends each mail once with two processes', async () => {
    await withTestApp({ databaseUrl }, (one) =>
      withTestApp({ databaseUrl }, async (other) => {
        const addresses = Array.from({ length: 40 }, (_, index) => `person${index}@example.com`);
        await Promise.all(addresses.map((email, index) => sendNote(index % 2 === 0 ? one : other, email)));
        await waitForSentMails(one);
        const sent = [...one.mailer.mails, ...other.mailer.mails].map(({ to }) => to);
        expect(sent.sort()).toEqual(addresses.sort());
      }),
    );
  });

  it('sends the mails of a transaction in order, each with its own id', async () => {
    await withTestApp({ databaseUrl }, async (test) => {
      const texts = Array.from({ length: 9 }, (_, index) => `Note ${index}`);
      await test.db.transaction(async () => {
        for (const text of texts) await mailsOf(test).send(ann, note, { text });
      });
      const mails = await waitForSentMails(test);
      expect(mails.map(({ text }) => text.split('\n')[2])).toEqual(texts);
      expect(new Set(mails.map(({ id }) => id)).size).toBe(texts.length);
    });
  });

  it('finishes deliveries in progress before the service stops', async () => {
    let finish: () => void = () => undefined;
    let markStopping: () => void = () => undefined;
    const stopping = new Promise<void>((resolve) => {
      markStopping = resolve;
    });
    let hasStopped = false;
    const stopped = withTestApp({ databaseUrl }, async (test) => {
      const delivering = new Promise<void>((begun) => {
        test.mailer.deliver = () =>
          new Promise((resolve) => {
            finish = resolve;
            begun();
          });
      });
      await sendNote(test, 'ann@example.com');
      await delivering;
      markStopping();
    }).then(() => {
      hasStopped = true;
    });
    await stopping;
    // Start a second app: that takes long enough for a stop that does not wait for the delivery to end before the
    // check.
    await withTestApp({ databaseUrl }, async (other) => {
      expect(hasStopped).toBe(false);
      finish();
      await stopped;
      expect(await rowsOf(other)).toEqual([]);
      expect(other.mailer.mails).toEqual([]);
    });
  });

  it('warns about missing settings in production and keeps mails queued', async () => {
    const settings = {
      NODE_ENV: 'production',
      BCRYPT_COST: '10',
      RATE_LIMIT_GLOBAL_PER_MINUTE: '300',
      RATE_LIMIT_AUTH_PER_15_MINUTES: '50',
      RATE_LIMIT_WRITES_PER_MINUTE: '120',
    };
    await withTestApp({ databaseUrl, settings }, async ({ logger }) => {
      const warnings = logger.lines.filter(({ level }) => level === 'warn');
      expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('set SMTP_URL')]);
    });
  });
});
