import { isInNetworks, parseNetwork, type Network } from '../../utils/ip-address.ts';
import type { ApiKey } from './api-key.model.ts';

type Limits = Pick<ApiKey, 'allowedAddresses' | 'quotaPerMinute' | 'quotaPerDay'>;

const isWithin = (network: Network, outer: Network): boolean =>
  isInNetworks(network.address.toString(), [outer]) && network.bits >= outer.bits;

const networksIn = (texts: readonly string[]): Network[] => texts.flatMap((text) => parseNetwork(text) ?? []);

function addsAddresses(before: readonly string[], after: readonly string[]): boolean {
  // An empty list already allows any address, so no change can widen it.
  if (before.length === 0) return false;
  const outer = networksIn(before);
  return (
    after.length === 0 ||
    networksIn(after).some((network) => !outer.some((allowed) => isWithin(network, allowed)))
  );
}

/** Returns true if the changes let the key do more than before. */
export const widensKey = (key: Limits, changes: Partial<Limits>): boolean =>
  (changes.quotaPerMinute ?? 0) > key.quotaPerMinute ||
  (changes.quotaPerDay ?? 0) > key.quotaPerDay ||
  addsAddresses(key.allowedAddresses, changes.allowedAddresses ?? key.allowedAddresses);
