import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A network; a single address is a network of one. */
export interface Network {
  readonly address: Address;
  /** Length of the prefix. */
  readonly bits: number;
}

const withoutPort = /^(?:\[([^\]]*)\](?::\d{1,5})?|([^:]*):\d{1,5})$/;

/** Parses a bare address without its zone; a mapped IPv4 address (`::ffff:1.2.3.4`) becomes IPv4. */
function parseAddress(text: string): Address | null {
  if (isIPv4(text)) return ipaddr.IPv4.parse(text);
  if (!isIPv6(text)) return null;
  // ipaddr.js takes `::1.2.3.4` for a mapped address. The URL parser rewrites the dotted part first.
  const { hostname } = new URL(`http://[${text.replace(/%.*$/, '')}]`);
  const address = ipaddr.IPv6.parse(hostname.slice(1, -1));
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

/**
 * Returns the one spelling of an address: without port, brackets and zone, mapped IPv4 as IPv4, IPv6 as in RFC 5952.
 * Returns null for anything else, such as `unknown`, `_hidden` or `127.1`.
 */
export function normalizeAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  const trimmed = text.trim();
  const [, bracketed, beforePort] = withoutPort.exec(trimmed) ?? [];
  return parseAddress(bracketed ?? beforePort ?? trimmed)?.toString() ?? null;
}

/** Parses an address or a CIDR range such as `203.0.113.0/24`; a range of both families is null. */
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

/** Returns the one spelling of a network, without host bits; of a single address, the address. */
export function formatNetwork({ address, bits }: Network): string {
  if (bits === address.toByteArray().length * 8) return address.toString();
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString()}/${bits}`;
}

/** Returns whether an address is in one of these networks; false if the text is not an address. */
export function isInNetworks(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(normalizeAddress(text) ?? '');
  if (address === null) return false;
  return networks.some(
    (network) => network.address.kind() === address.kind() && address.match(network.address, network.bits),
  );
}
