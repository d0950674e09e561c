import { invalidInput } from '../../core/errors.ts';
import type { Texts } from '../../core/languages.ts';
import { addressIn, isPublicAddress } from '../../utils/public-address.ts';

export interface UrlRules {
  readonly allowsHttp: boolean;
  /** Whether it may name an address of this machine or of a private network. */
  readonly allowsPrivate: boolean;
}

const refuse = (rule: string, message: Texts): Error =>
  invalidInput({ in: 'body', path: 'url', rule, message });

// Below 1024 stand services that would take a POST for a command, such as mail servers.
const isWebPort = (port: string): boolean =>
  port === '' || port === '80' || port === '443' || Number(port) >= 1_024;

const namesPrivateAddress = (url: URL): boolean => {
  const address = addressIn(url);
  return address !== null && !isPublicAddress(address);
};

/**
 * An address to send to, in its normal spelling; throws a validation error for one that will not do. Names are not looked
 * up: where they lead is judged at each connection.
 */
export function readEndpointUrl(text: string, { allowsHttp, allowsPrivate }: UrlRules): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const schemes = allowsHttp ? ['https:', 'http:'] : ['https:'];
  if (url === null || !schemes.includes(url.protocol))
    throw refuse('url.scheme', {
      en: 'must be an address that begins with https://',
      de: 'muss eine Adresse sein, die mit https:// beginnt',
    });
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw refuse('url.parts', {
      en: 'must have no user name, no password and no fragment',
      de: 'darf weder Benutzername noch Passwort noch Fragment haben',
    });
  if (!isWebPort(url.port))
    throw refuse('url.port', {
      en: 'must name port 443, 80 or one from 1024 on',
      de: 'muss Port 443, 80 oder einen ab 1024 nennen',
    });
  if (!allowsPrivate && namesPrivateAddress(url))
    throw refuse('url.private', {
      en: 'must not name an address of a private network',
      de: 'darf keine Adresse eines privaten Netzes nennen',
    });
  return url.href;
}
