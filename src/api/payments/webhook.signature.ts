import { createHmac, timingSafeEqual } from 'node:crypto';

/** A notice as it came, with the headers that vouch for it (standard-webhooks). */
export interface SignedMessage {
  readonly id: string;
  /** In seconds since 1970, as text. */
  readonly timestamp: string;
  /** One or more of `v1,<base64>`, with spaces between. */
  readonly signature: string;
  /** Byte by byte: what was parsed and written again would be another text. */
  readonly body: Buffer;
}

const toleranceMs = 5 * 60_000;

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/** Whether whoever knows the secret has signed this very notice, less than five minutes ago. */
export function hasValidSignature(
  { id, timestamp, signature, body }: SignedMessage,
  secret: string,
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() - Number(timestamp) * 1_000) > toleranceMs) return false;
  const expected = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest();
  return signature.split(' ').some((part) => {
    const given = Buffer.from(part.startsWith('v1,') ? part.slice(3) : '', 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
