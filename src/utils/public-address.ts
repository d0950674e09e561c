import { BlockList, isIP } from 'node:net';

// Everything in IANA's registry of special IPv4 addresses, with multicast and what is reserved.
const specialV4 = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  specialV4.addSubnet(network, bits, 'ipv4');

// The one range that addresses of the internet are given out from. Outside of it are loopback, link-local, unique local
// and multicast, and what holds an IPv4 address that may be any: mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96).
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

// Inside of it: protocols (Teredo among them), documentation, and 6to4, which holds any IPv4 address too.
const specialV6 = new BlockList();
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  specialV6.addSubnet(network, bits, 'ipv6');

/** The address that stands in a URL in the place of a name; null where there is a name. */
export function addressIn({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

/** Whether an address, IPv4 or IPv6, is one of the internet; false for anything that is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !specialV4.check(address, 'ipv4');
  // An address with a zone (fe80::1%eth0) is one of a network beside us.
  if (family !== 6 || address.includes('%')) return false;
  return globalV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
}
