import type { Request } from 'express';
import type { Config } from '../config/config.ts';
import { isInNetworks, normalizeAddress, parseNetwork } from '../utils/ip-address.ts';

const namedNetworks: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Returns a value for Express's `trust proxy`. Networks also match addresses with a port or a zone. */
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
 * Returns the normalized address of the client, determined by `TRUST_PROXY`. Returns the peer's address if that of the
 * client is invalid, and an empty string if the connection is closed.
 */
export const clientAddress = (req: Request): string =>
  normalizeAddress(req.ip ?? '') ?? normalizeAddress(req.socket.remoteAddress ?? '') ?? '';
