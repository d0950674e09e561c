import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A range of IP addresses. A single address is a range of one address. */
export interface Network {
  readonly address: Address;
  /** The length of the prefix in bits. */
  readonly bits: number;
}

const withoutPort = /^(?:\[([^\]]*)\](?::\d{1,5})?|([^:]*):\d{1,5})$/;

/**
 * Parses an address without a port, and ignores its zone. Returns an IPv4 address in IPv6 form (`::ffff:1.2.3.4`) as
 * IPv4.
 */
function parseAddress(text: string): Address | null {
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  if (!isIPv6(text)) return null;
  // Parse the text as the host of a URL first, which rewrites a dotted part. Otherwise, ipaddr.js would take
  // `::1.2.3.4` for an IPv4 address in IPv6 form.
  const { hostname } = new URL(`http://[${text.replace(/%.*$/, '')}]`);
  const address = ipaddr.IPv6.parse(hostname.slice(1, -1));
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/**
 * Returns an address in its normal form: without port, brackets and zone, IPv6 as in RFC 5952, and an IPv4 address in
 * IPv6 form as IPv4. Returns null for anything else, such as `unknown`, `_hidden` or `127.1`.
 */
export function normalizeAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  const trimmed = text.trim();
  const [, bracketed, beforePort] = withoutPort.exec(trimmed) ?? [];
  return parseAddress(bracketed ?? beforePort ?? trimmed)?.toString() ?? null;
}

/**
 * Parses an address or a CIDR range such as `203.0.113.0/24`. Returns null for a range that contains IPv4 and IPv6
 * addresses.
 */
export function parseNetwork(text: string): Network | null {
  const [base = '', suffix, ...rest] = text.split('/');
  if (suffix === undefined) {
    const address = parseAddress(normalizeAddress(base) ?? '');
    return address && { address, bits: address.toByteArray().length * 8 };
  }
  const address = parseAddress(base);
  if (address === null || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(suffix)) return null;
  const isMapped = address.kind() === 'ipv4' && isIPv6(base);
  const bits = Number(suffix) - (isMapped ? 96 : 0);
  return bits < 0 || bits > address.toByteArray().length * 8 ? null : { address, bits };
}

/** Returns the normal form of a network, with all host bits set to zero. For a single address, returns the address. */
export function formatNetwork({ address, bits }: Network): string {
  if (bits === address.toByteArray().length * 8) return address.toString();
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString()}/${bits}`;
}

/** Returns whether an address is in one of these networks. Returns false if the text is not an address. */
export function isInNetworks(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(normalizeAddress(text) ?? '');
  if (address === null) return false;
  return networks.some(
    (network) => network.address.kind() === address.kind() && address.match(network.address, network.bits),
  );
}
