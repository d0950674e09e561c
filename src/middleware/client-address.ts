import type { Request } from 'express';
import type { Config } from '../config/config.ts';
import { isInNetworks, normalizeAddress, parseNetwork } from '../utils/ip-address.ts';

const namedNetworks: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/**
 * Returns a value for Express's setting `trust proxy`. An address matches a network even if it has a port or a zone.
 */
export function createProxyTrust(
  trustProxy: Config['trustProxy'],
): false | number | ((address: string | undefined) => boolean) {
  if (trustProxy === false || typeof trustProxy === 'number') return trustProxy;
  const networks = trustProxy
    .flatMap((text) => namedNetworks[text] ?? text)
    .flatMap((text) => parseNetwork(text) ?? []);
  return (address) => isInNetworks(address ?? '', networks);
}

/**
 * Returns the client's address in normalized form, as the setting `TRUST_PROXY` determines it. If the forwarded address
 * is invalid, returns the address of the peer. If the connection is already closed, returns an empty string.
 */
export const clientAddress = (req: Request): string =>
  normalizeAddress(req.ip ?? '') ?? normalizeAddress(req.socket.remoteAddress ?? '') ?? '';
