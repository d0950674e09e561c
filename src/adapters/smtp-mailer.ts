import { createTransport } from 'nodemailer';
import type { Mailer } from '../core/ports.ts';
import type { Mailbox } from '../utils/mailbox.ts';

interface SmtpSettings {
  /** smtp: or smtps:, with the credentials in it. */
  readonly url: string;
  readonly from: Mailbox;
  /** Whether a server that offers no STARTTLS is refused; one on this machine never is. */
  readonly requiresTls: boolean;
}

// Less than the queue waits, which would otherwise send again what may still be leaving.
const deliveryLimitMs = 9_000;

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** Hands mails to an SMTP server. The id of a mail makes its Message-ID, so that one sent twice can be told. */
export function createSmtpMailer({ url, from, requiresTls }: SmtpSettings): Mailer {
  const transport = createTransport({
    url,
    requireTLS: requiresTls && !isLoopback(new URL(url).hostname),
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    deliver: async ({ id, to, subject, text, html }) => {
      await transport.sendMail({
        from,
        // Not as text, in which a comma would begin another address.
        to: { name: '', address: to },
        messageId: `<${id}@${domain}>`,
        subject,
        text,
        html,
        // So that no holiday notice answers.
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(deliveryLimitMs),
      });
    },
  };
}
