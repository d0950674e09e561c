import { isIP } from 'node:net';
import { isInNetworks, normalizeAddress, parseNetwork } from './ip-address.ts';

const networks = (...texts: string[]) => texts.flatMap((text) => parseNetwork(text) ?? []);

// The addresses of the internet. Of IPv6, only 2000::/3 is allocated for it. The rest contains loopback, link-local,
// unique local and multicast addresses, and the ranges that embed IPv4 addresses: IPv4-mapped (::ffff:0:0/96) and NAT64
// (64:ff9b::/96).
const internet = networks('0.0.0.0/0', '2000::/3');

const special = networks(
  // The special IPv4 ranges in the IANA registry, including multicast and reserved ones.
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Ranges for protocols (such as Teredo) and for documentation, and 6to4, which also embeds IPv4 addresses.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
);

/** Returns the IP address in the host part of a URL, or null if the host is a name. */
export function addressIn({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

/**
 * Returns whether this is a public internet address in its normal form. Returns false for IPv4 in IPv6 form and for an
 * address with a zone.
 */
export function isPublicAddress(address: string): boolean {
  const isNormal = normalizeAddress(address) === address;
  return isNormal && isInNetworks(address, internet) && !isInNetworks(address, special);
}
