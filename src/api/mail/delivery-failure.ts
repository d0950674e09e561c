/** A setting that can be wrong. */
type MailSetting = 'SMTP_URL' | 'MAIL_FROM';

/** Why a mail was not delivered. Excludes the server's text, which often quotes the address. */
export interface DeliveryFailure {
  /** `rejected`: never retry this mail. `misconfigured`: no mail is sent until `setting` is corrected. */
  readonly kind: 'temporary' | 'rejected' | 'misconfigured';
  readonly setting?: MailSetting;
  /** Error code, such as `EENVELOPE`. */
  readonly reason: string;
  /** The server's reply with its enhanced status code (RFC 3463), such as `550 5.1.1`. */
  readonly smtpReply?: string;
}

type Classification = Pick<DeliveryFailure, 'kind' | 'setting'>;

const misconfigured = (setting: MailSetting): Classification => ({ kind: 'misconfigured', setting });
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

// Treats 503 as temporary: it means an error in the SMTP session, and the next attempt starts a new session.
const isPermanent = (status: number): boolean => status >= 500 && status < 600 && status !== 503;
const authenticationStatuses: readonly number[] = [530, 534, 535, 538];

/** Classifies a failed command by its reply (RFC 5321). Nodemailer uses the command `API` for errors of its own. */
function classifyReply(code: string, command: string, status: number): Classification {
  if (command === 'API' && code === 'EAUTH') return misconfigured('SMTP_URL');
  if (command === 'API' && ['EENVELOPE', 'EMESSAGE'].includes(code)) return { kind: 'rejected' };
  if (!isPermanent(status)) return { kind: 'temporary' };
  if (authenticationStatuses.includes(status)) return misconfigured('SMTP_URL');
  // MAIL_FROM is the sender of all mails, so a server that rejects it rejects all of them. 552 is the exception: it
  // means that this mail is too big.
  if (command === 'MAIL FROM' && status !== 552) return misconfigured('MAIL_FROM');
  // The greeting, STARTTLS and AUTH come before any mail, so a failure there is not the fault of the mail.
  return ['', 'MAIL FROM', 'RCPT TO', 'DATA'].includes(command)
    ? { kind: 'rejected' }
    : misconfigured('SMTP_URL');
}

/** Classifies an error thrown by a mailer. */
export function classifyFailure(error: unknown): DeliveryFailure {
  if (!(error instanceof Error)) return { kind: 'temporary', reason: 'unknown' };
  const facts: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(error));
  const reason = asText(facts['code']) || error.name;
  const status = Number(facts['responseCode'] ?? 0);
  const classification = classifyReply(reason, asText(facts['command']), status);
  if (status === 0) return { ...classification, reason };
  const [, enhanced] = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(asText(facts['response'])) ?? [];
  return { ...classification, reason, smtpReply: [status, enhanced ?? ''].join(' ').trim() };
}
