import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** 32 random bytes, in the form that receivers' libraries know (standard-webhooks). */
export const makeSecret = (): string => `${prefix}${randomBytes(32).toString('base64')}`;

/** What a receiver gets of an event: the same at each attempt, but for the time and with it the signature. */
export interface Message {
  readonly eventId: string;
  readonly body: string;
}

/** The headers that tell a receiver which event it is, and that it is from us; one signature a secret. */
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
