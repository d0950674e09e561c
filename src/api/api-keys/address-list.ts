import { formatNetwork, isInNetworks, parseNetwork } from '../../utils/ip-address.ts';

/** Returns the normalized form of an address or network, or null if it is invalid. */
export function normalizeNetwork(text: string): string | null {
  const network = parseNetwork(text);
  return network && formatNetwork(network);
}

/** Returns true if one of these networks contains the address. An empty list allows any address. */
export const isAddressAllowed = (allowed: readonly string[], ip: string): boolean =>
  allowed.length === 0 ||
  isInNetworks(
    ip,
    allowed.flatMap((text) => parseNetwork(text) ?? []),
  );
