import { domainToASCII, domainToUnicode } from 'node:url';
import { hasIgnorableCharacter, hasInvisibleCharacter } from './unicode.ts';

/**
 * Returns an address in the older form, which left non-ASCII domains as they are: trimmed, NFKC, lower case. Accounts
 * from that time are still stored under this form.
 */
export const legacyEmail = (address: string): string => address.trim().normalize('NFKC').toLowerCase();

// Matches characters to refuse before `domainToASCII` runs. That function parses its input as the host of a URL, so it
// would decode `%41` and stop at a slash.
const foreignAscii = /[\0-,/:-`{-\x7f]/;
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Returns a domain in ASCII form (IDNA, UTS 46), or null if the domain has no such form. */
function asciiDomain(domain: string): string | null {
  if (isAscii(domain) && !/(?:^|\.)xn--/.test(domain)) return domain;
  if (foreignAscii.test(domain)) return null;
  const ascii = domainToASCII(domain);
  // False for a label such as `xn--abc-`, which is only another spelling of a label that needs no encoding.
  const isCanonical = ascii !== '' && domainToASCII(domainToUnicode(ascii)) === ascii;
  return isCanonical ? ascii : null;
}

/**
 * Returns the form of an e-mail address that identifies an account: trimmed, NFKC, lower case, the domain in ASCII form
 * (IDNA). Returns null if the address has invisible characters or an invalid domain.
 */
export function canonicalEmail(address: string): string | null {
  if (hasIgnorableCharacter(address)) return null;
  // Normalize again, because text in NFKC may no longer be in NFKC after the conversion to lower case.
  const normal = legacyEmail(address).normalize('NFKC');
  if (hasInvisibleCharacter(normal)) return null;
  const at = normal.lastIndexOf('@');
  const domain = asciiDomain(normal.slice(at + 1));
  return domain === null ? null : `${normal.slice(0, at + 1)}${domain}`;
}
