import { domainToASCII, domainToUnicode } from 'node:url';
import { hasIgnorableCharacter, hasInvisibleCharacter } from './unicode.ts';

/** Returns the spelling that accounts were stored under before domains were in IDNA: trimmed, NFKC, lower case. */
export const legacyEmail = (address: string): string => address.trim().normalize('NFKC').toLowerCase();

// `domainToASCII` parses its input as a URL host: it would decode `%41` and stop at a slash.
const foreignAscii = /[\0-,/:-`{-\x7f]/;
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** Returns a domain in IDNA (UTS 46), or null if it has no such form. */
function asciiDomain(domain: string): string | null {
  if (isAscii(domain) && !/(?:^|\.)xn--/.test(domain)) return domain;
  if (foreignAscii.test(domain)) return null;
  const ascii = domainToASCII(domain);
  // A label such as `xn--abc-` is another spelling of one that needs no encoding.
  const isCanonical = ascii !== '' && domainToASCII(domainToUnicode(ascii)) === ascii;
  return isCanonical ? ascii : null;
}

/**
 * Returns the one spelling of an e-mail address that accounts are known by: trimmed, NFKC, lower case, the domain in
 * IDNA. Returns null for an address with invisible characters or an invalid domain.
 */
export function canonicalEmail(address: string): string | null {
  if (hasIgnorableCharacter(address)) return null;
  // Lower case can undo NFKC.
  const normal = legacyEmail(address).normalize('NFKC');
  if (hasInvisibleCharacter(normal)) return null;
  const at = normal.lastIndexOf('@');
  const domain = asciiDomain(normal.slice(at + 1));
  return domain === null ? null : `${normal.slice(0, at + 1)}${domain}`;
}
