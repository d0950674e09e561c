import { createHmac, timingSafeEqual } from 'node:crypto';

/** A webhook message with its signature headers (Standard Webhooks). */
export interface SignedMessage {
  readonly id: string;
  /** Unix time in seconds, as text. */
  readonly timestamp: string;
  /** One or more signatures of the form `v1,<base64>`, separated by spaces. */
  readonly signature: string;
  /** The bytes as received. Serializing the parsed body again could change them. */
  readonly body: Buffer;
}

const toleranceMs = 5 * 60_000;

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/** Returns true if the message is signed with the secret and its timestamp is within five minutes of `now`. */
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
