import { createTransport } from 'nodemailer';
import type { Mailer } from '../core/ports.ts';
import type { Mailbox } from '../utils/mailbox.ts';

interface SmtpSettings {
  /** An smtp: or smtps: URL with credentials. */
  readonly url: string;
  readonly from: Mailbox;
  /** Refuses servers without STARTTLS. Servers on this machine are always accepted. */
  readonly requiresTls: boolean;
}

// Shorter than the timeout of the mail queue, which would otherwise send again what is still being sent.
const deliveryLimitMs = 9_000;

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/**
 * Creates a mailer that sends through an SMTP server. The Message-ID is derived from the mail's id, so that
 * duplicates can be recognized.
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
        // Passed as an object: in text, a comma would begin another address.
        to: { name: '', address: to },
        messageId: `<${id}@${domain}>`,
        subject,
        text,
        html,
        // Prevents automatic replies.
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(deliveryLimitMs),
      });
    },
  };
}
