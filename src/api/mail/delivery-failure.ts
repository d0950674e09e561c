/** The setting that keeps mails from leaving. */
type MailSetting = 'SMTP_URL' | 'MAIL_FROM';

/** Why a mail was not delivered, without the text of the server: servers like to quote the address in it. */
export interface DeliveryFailure {
  /** `rejected`: this mail never leaves. `misconfigured`: no mail leaves until `setting` changes. */
  readonly kind: 'temporary' | 'rejected' | 'misconfigured';
  readonly setting?: MailSetting;
  /** Such as `EENVELOPE`. */
  readonly reason: string;
  /** The server's reply with its enhanced status code (RFC 3463), such as `550 5.1.1`. */
  readonly smtpReply?: string;
}

type Verdict = Pick<DeliveryFailure, 'kind' | 'setting'>;

const misconfigured = (setting: MailSetting): Verdict => ({ kind: 'misconfigured', setting });
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

// 503 is about the session, which the next attempt begins anew.
const isPermanent = (status: number): boolean => status >= 500 && status < 600 && status !== 503;
const authenticationStatuses: readonly number[] = [530, 534, 535, 538];

/** Judges a failed command by its reply (RFC 5321). The library calls what it refuses by itself `API`. */
function judge(code: string, command: string, status: number): Verdict {
  if (command === 'API' && code === 'EAUTH') return misconfigured('SMTP_URL');
  if (command === 'API' && ['EENVELOPE', 'EMESSAGE'].includes(code)) return { kind: 'rejected' };
  if (!isPermanent(status)) return { kind: 'temporary' };
  if (authenticationStatuses.includes(status)) return misconfigured('SMTP_URL');
  // All mails have this sender; 552 alone is about the size of this mail.
  if (command === 'MAIL FROM' && status !== 552) return misconfigured('MAIL_FROM');
  // The greeting, STARTTLS and AUTH come before any mail.
  return ['', 'MAIL FROM', 'RCPT TO', 'DATA'].includes(command)
    ? { kind: 'rejected' }
    : misconfigured('SMTP_URL');
}

/** Classifies what a mailer threw. */
export function classifyFailure(error: unknown): DeliveryFailure {
  if (!(error instanceof Error)) return { kind: 'temporary', reason: 'unknown' };
  const facts: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(error));
  const reason = asText(facts['code']) || error.name;
  const status = Number(facts['responseCode'] ?? 0);
  const verdict = judge(reason, asText(facts['command']), status);
  if (status === 0) return { ...verdict, reason };
  const [, enhanced] = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(asText(facts['response'])) ?? [];
  return { ...verdict, reason, smtpReply: [status, enhanced ?? ''].join(' ').trim() };
}
