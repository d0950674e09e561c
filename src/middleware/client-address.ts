import type { Request } from 'express';
import type { Config } from '../config/config.ts';
import { isInNetworks, normalizeAddress, parseNetwork } from '../utils/ip-address.ts';

const namedNetworks: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Returns what Express's `trust proxy` takes. Networks also match addresses that come with a port or a zone. */
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
 * Returns the address of the client in its one spelling, as far as `TRUST_PROXY` tells. The peer's address stands in for
 * one that cannot be read; empty if the connection is gone.
 */
export const clientAddress = (req: Request): string =>
  normalizeAddress(req.ip ?? '') ?? normalizeAddress(req.socket.remoteAddress ?? '') ?? '';
