import { createHmac, type KeyObject } from 'node:crypto';
import { canonicalEmail, legacyEmail } from '../../utils/email.ts';

/** Returns the pseudonym under which sign-in attempts on an address are counted. */
export function accountSubject(accountNames: KeyObject, email: string): string {
  const address = canonicalEmail(email) ?? legacyEmail(email);
  return `account:${createHmac('sha256', accountNames).update(address).digest('base64url')}`;
}
