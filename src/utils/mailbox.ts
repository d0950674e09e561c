import { domainToASCII } from 'node:url';
import parseAddresses from 'nodemailer/lib/addressparser';

/** An e-mail address with a display name. */
export interface Mailbox {
  readonly name: string;
  /** The address in ASCII, with the domain in IDNA form. */
  readonly address: string;
}

const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const domain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

/**
 * Returns true if only a comment follows the address in the text. The parser would treat other words as part of the
 * name.
 */
const endsWith = (address: string, text: string): boolean =>
  text.endsWith(`<${address}>`) ||
  text === address ||
  (text.startsWith(`${address} (`) && text.endsWith(')'));

/**
 * Parses one mailbox, such as `"Acme, Inc." <no-reply@example.com>`. Returns null for a list or a group, for a name in
 * encoded words (`=?UTF-8?…?=`), and for an address that no mail server accepts.
 */
export function parseMailbox(text: string): Mailbox | null {
  const trimmed = text.trim();
  const [parsed, ...others] = parseAddresses(trimmed);
  if (parsed === undefined || 'group' in parsed || others.length > 0) return null;
  const { name, address } = parsed;
  const at = address.lastIndexOf('@');
  const [user, host] = [address.slice(0, at), domainToASCII(address.slice(at + 1))];
  const isPlain = !/\p{Cc}|=\?/u.test(trimmed) && endsWith(address, trimmed);
  return isPlain && localPart.test(user) && domain.test(host) ? { name, address: `${user}@${host}` } : null;
}
