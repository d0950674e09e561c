import { defineModule } from '../../module.ts';
import { renderMail, type Recipient } from './mail-render.ts';
import { MailSender } from './mail-sender.ts';
import type { MailTemplate } from './mail-template.ts';
import { QueuedMail } from './mail.model.ts';
import { MailRepository } from './mail.repository.ts';
import { CreateMails1763731000000 } from './migrations/1763731000000-create-mails.ts';

// Mails to users, in their language. A mail is sent only after its transaction commits, and is retried until it is
// sent, rejected permanently or one day old.

export type { Recipient } from './mail-render.ts';
export { defineMail, type MailBlock, type MailTemplate } from './mail-template.ts';
export { trustedText, publicName, text, type MailText } from './mail-text.ts';

/** Sends mails for other modules. */
export interface Mails {
  /** Queues a mail in the open transaction; it is sent after the commit. Throws outside a transaction. */
  send<Values extends object>(to: Recipient, template: MailTemplate<Values>, values: Values): Promise<void>;
  /** Returns the URL of a page below APP_URL. The token is in the fragment (#), which servers never see or log. */
  linkTo(page: string, token: string): string;
}

export const mailModule = defineModule({
  name: 'mail',
  path: '/mail',
  entities: [QueuedMail],
  migrations: [CreateMails1763731000000],
  encryptedColumns: [{ table: 'mails', idColumn: 'id', column: 'content' }],
  create: ({ config, db, ids, cipher, mailer, logger }) => {
    const mails = new MailRepository(db, cipher);
    const sender = new MailSender({ mails, mailer, logger });
    const api: Mails = {
      send: async (to, template, values) => {
        const rendering = { template, values, appName: config.APP_NAME };
        await mails.insert(ids.next(), renderMail(to, rendering));
        db.afterCommit(() => {
          sender.wake();
        });
      },
      linkTo: (page, token) =>
        `${config.APP_URL ?? config.publicUrl}/${page}#token=${encodeURIComponent(token)}`,
    };
    return {
      api,
      routes: [],
      start: async () => {
        if (config.mailTransport === 'none')
          logger.warn('No mail is sent: set SMTP_URL and MAIL_FROM. Queued mails are dropped after one day.');
        sender.start();
      },
      stop: () => sender.stop(),
    };
  },
});
