import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Key, KeyRing } from './key-ring.ts';

/** Issues and verifies signed tokens with a few public values. */
export interface SignedTokens {
  /** Signs the values, which must not contain dots. */
  issue(...parts: readonly string[]): string;
  /** Returns the values of a token, or null if its signature is invalid. */
  read(token: string): readonly string[] | null;
}

const macLength = 32;

/** Builds tokens of the form `<part>.<part>.<HMAC-SHA-256>`, signed with the key of the purpose. */
export function createSignedTokens(keys: KeyRing, purpose: 'mfaTokens' | 'deviceTokens'): SignedTokens {
  const macOf = (key: KeyObject, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const isGenuine = (key: Key, text: string, mac: Buffer): boolean =>
    timingSafeEqual(macOf(key[purpose], text), mac);

  return {
    issue: (...parts) => {
      const text = parts.join('.');
      return `${text}.${macOf(keys.current[purpose], text).toString('base64url')}`;
    },
    read: (token) => {
      const end = token.lastIndexOf('.');
      const text = token.slice(0, Math.max(end, 0));
      const mac = Buffer.from(token.slice(end + 1), 'base64url');
      if (mac.length !== macLength || !keys.all.some((key) => isGenuine(key, text, mac))) return null;
      return text.split('.');
    },
  };
}
