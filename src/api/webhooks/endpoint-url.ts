import { invalidInput } from '../../core/errors.ts';
import type { Texts } from '../../core/languages.ts';
import { addressIn, isPublicAddress } from '../../utils/public-address.ts';
import { webhookMessages } from './webhook.messages.ts';

export interface UrlRules {
  readonly allowsHttp: boolean;
  /** Allows addresses of this machine and of private networks. */
  readonly allowsPrivate: boolean;
}

const invalidUrl = (rule: string, message: Texts): Error =>
  invalidInput({ in: 'body', path: 'url', rule, message });

// Rejects other ports below 1024. They belong to services that could interpret a POST as commands, such as mail
// servers.
const isWebPort = (port: string): boolean =>
  port === '' || port === '80' || port === '443' || Number(port) >= 1_024;

const namesPrivateAddress = (url: URL): boolean => {
  const address = addressIn(url);
  return address !== null && !isPublicAddress(address);
};

/**
 * Returns the normalized URL. Throws a validation error for a URL that the rules reject. Does not resolve host names,
 * because their addresses are checked at each connection.
 */
export function readEndpointUrl(text: string, { allowsHttp, allowsPrivate }: UrlRules): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const schemes = allowsHttp ? ['https:', 'http:'] : ['https:'];
  if (url === null || !schemes.includes(url.protocol))
    throw invalidUrl('url.scheme', webhookMessages.rules.urlScheme);
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw invalidUrl('url.parts', webhookMessages.rules.urlParts);
  if (!isWebPort(url.port)) throw invalidUrl('url.port', webhookMessages.rules.urlPort);
  if (!allowsPrivate && namesPrivateAddress(url))
    throw invalidUrl('url.private', webhookMessages.rules.urlPrivate);
  return url.href;
}
