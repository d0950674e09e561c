import { createTransport } from 'nodemailer';
import type { Mailer } from '../core/ports.ts';
import type { Mailbox } from '../utils/mailbox.ts';

interface SmtpSettings {
  /** An `smtp:` or `smtps:` URL with user and password. */
  readonly url: string;
  readonly from: Mailbox;
  /** True if servers without STARTTLS are refused. A server on this machine is always accepted. */
  readonly requiresTls: boolean;
}

// The time limit of a delivery. It is shorter than the timeout of the mail queue. Otherwise the queue would send a mail
// again while the first attempt is still running.
const deliveryLimitMs = 9_000;

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/**
 * Creates a mailer that sends through an SMTP server. The Message-ID is derived from the id of the mail, so that a
 * receiver can recognize duplicates.
 */
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
        // Pass the address as an object, because a comma in a string would begin another address.
        to: { name: '', address: to },
        messageId: `<${id}@${domain}>`,
        subject,
        text,
        html,
        // This header prevents automatic replies.
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(deliveryLimitMs),
      });
    },
  };
}
