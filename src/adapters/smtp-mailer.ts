import { createTransport } from 'nodemailer';
import type { Mailer } from '../core/ports.ts';

interface SmtpSettings {
  /** smtp: or smtps:, with the credentials in it. */
  readonly url: string;
  /** The sender, such as `Strata <no-reply@example.com>`. */
  readonly from: string;
}

/** Hands mails to an SMTP server. */
export function createSmtpMailer({ url, from }: SmtpSettings): Mailer {
  const transport = createTransport({ url });
  return {
    deliver: async ({ to, subject, text, html }) => {
      await transport.sendMail({ from, to, subject, text, html });
    },
  };
}
