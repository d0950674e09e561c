import { isIPv4, isIPv6 } from 'node:net';

/** A network, or a single address as the network of its own. */
interface Network {
  readonly family: 4 | 6;
  readonly value: bigint;
  /** How many of the leading bits count. */
  readonly bits: number;
}

const widthOf = { 4: 32, 6: 128 } as const;
const mapped = 0xffffn;

// The URL parser brings every spelling of an IPv6 address to the shortest (RFC 5952), without dots.
const shortest = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

const joinParts = (parts: readonly number[], bits: bigint): bigint =>
  parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);

function valueOfIPv6(address: string): bigint {
  const [head = '', tail] = shortest(address).split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return joinParts([...before, ...zeros, ...after], 16n);
}

const clip = ({ family, value, bits }: Network): Network => {
  const rest = BigInt(widthOf[family] - bits);
  return { family, value: (value >> rest) << rest, bits };
};

/** Reads an address or CIDR; bits of the host are dropped, and an IPv4 address inside IPv6 (`::ffff:1.2.3.4`) is taken as IPv4. */
function parseNetwork(text: string): Network | null {
  const [address = '', suffix, ...others] = text.split('/');
  if (others.length > 0 || (suffix !== undefined && !/^(?:0|[1-9]\d{0,2})$/.test(suffix))) return null;
  const bits = suffix === undefined ? undefined : Number(suffix);
  if (isIPv4(address)) {
    if (bits !== undefined && bits > 32) return null;
    return clip({ family: 4, value: joinParts(address.split('.').map(Number), 8n), bits: bits ?? 32 });
  }
  if (!isIPv6(address) || address.includes('%') || (bits !== undefined && bits > 128)) return null;
  const value = valueOfIPv6(address);
  if (value >> 32n !== mapped) return clip({ family: 6, value, bits: bits ?? 128 });
  // A wider network would be half of one family and half of the other.
  if (bits !== undefined && bits < 96) return null;
  return clip({ family: 4, value: value & 0xffff_ffffn, bits: (bits ?? 128) - 96 });
}

function format({ family, value, bits }: Network): string {
  const [size, mask] = family === 4 ? [8n, 0xffn] : [16n, mapped];
  const parts = Array.from({ length: family === 4 ? 4 : 8 }, (_, index) =>
    Number((value >> (BigInt(widthOf[family]) - size * BigInt(index + 1))) & mask),
  );
  const address = family === 4 ? parts.join('.') : shortest(parts.map((part) => part.toString(16)).join(':'));
  return bits === widthOf[family] ? address : `${address}/${bits}`;
}

/** The one spelling of an address or network that is stored; null when it is neither. */
export function normalizeAddress(text: string): string | null {
  const network = parseNetwork(text);
  return network === null ? null : format(network);
}

/** Whether an address lies in one of these networks; an empty list takes any. */
export function isAddressAllowed(allowed: readonly string[], ip: string): boolean {
  if (allowed.length === 0) return true;
  // Link-local clients come with the interface that they were heard on.
  const client = parseNetwork(ip.replace(/%.*$/, ''));
  if (client === null) return false;
  return allowed.some((text) => {
    const network = parseNetwork(text);
    if (network?.family !== client.family) return false;
    return clip({ ...client, bits: network.bits }).value === network.value;
  });
}
