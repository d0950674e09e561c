import { formatNetwork, isInNetworks, parseNetwork } from '../../utils/ip-address.ts';

/** Returns the one spelling in which an address or network is stored; null for anything else. */
export function normalizeNetwork(text: string): string | null {
  const network = parseNetwork(text);
  return network && formatNetwork(network);
}

/** Whether an address lies in one of these networks. An empty list allows any address. */
export const isAddressAllowed = (allowed: readonly string[], ip: string): boolean =>
  allowed.length === 0 ||
  isInNetworks(
    ip,
    allowed.flatMap((text) => parseNetwork(text) ?? []),
  );
