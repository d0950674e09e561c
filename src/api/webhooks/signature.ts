import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** Returns a secret of 32 random bytes in the format of Standard Webhooks. */
export const makeSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** The signed content. It is the same at each attempt, while the timestamp and the signatures differ. */
export interface Message {
  readonly eventId: string;
  readonly body: string;
}

/** Returns the Standard Webhooks headers, with one signature per secret. */
export function signedHeaders(
  { eventId, body }: Message,
  sentAt: Date,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = Math.floor(sentAt.getTime() / 1_000);
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': eventId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
