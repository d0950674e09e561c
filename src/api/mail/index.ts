import { defineModule } from '../../module.ts';
import { MailSender } from './mail-sender.ts';
import type { Mails } from './mail.api.ts';
import { QueuedMail } from './mail.model.ts';
import { MailRepository } from './mail.repository.ts';
import { MailService } from './mail.service.ts';
import { CreateMails1763731000000 } from './migrations/1763731000000-create-mails.ts';

// Mails to users, in their language. A mail is sent only after its transaction commits, and is retried until it is
// sent, rejected permanently or one day old.

export type { Mails, Recipient } from './mail.api.ts';
export type { MailBlock, MailTemplate } from './mail-template.ts';
export { trustedText, publicName, text, type MailText } from './mail-text.ts';

export const mailModule = defineModule({
  name: 'mail',
  path: '/mail',
  entities: [QueuedMail],
  migrations: [CreateMails1763731000000],
  encryptedColumns: [{ table: 'mails', idColumn: 'id', column: 'content' }],
  create: ({ config, db, ids, cipher, mailer, logger }) => {
    const mails = new MailRepository(db, cipher);
    const sender = new MailSender({ mails, mailer, logger });
    const api: Mails = new MailService({
      mails,
      sender,
      ids,
      afterCommit: (work) => {
        db.afterCommit(work);
      },
      appName: config.APP_NAME,
      appUrl: config.APP_URL ?? config.publicUrl,
    });
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
