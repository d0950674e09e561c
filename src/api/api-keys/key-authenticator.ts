import type { AttemptPolicy, Attempts, Authenticator, Principal } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Users } from '../users/index.ts';
import { isAddressAllowed } from './address-list.ts';
import { apiKeyErrors } from './api-key.errors.ts';
import type { ApiKey } from './api-key.model.ts';
import type { ApiKeyRepository } from './api-key.repository.ts';
import { isSecretOf, parseKey } from './key-text.ts';
import type { UsageRepository } from './usage.repository.ts';

interface KeyAuthenticatorDeps {
  readonly apiKeys: ApiKeyRepository;
  readonly usage: UsageRepository;
  readonly users: Users;
  readonly audit: Audit;
  readonly attempts: Attempts;
  readonly transaction: Transaction;
}

// Allows one record per minute and key of a refused address, because a client with a refused address usually retries
// often.
const oncePerMinute: AttemptPolicy = { limit: 1, windowSeconds: 60, lockSeconds: [60] };

// An API key never counts as a recent sign-in.
const never = new Date(0);

/** Authenticates API keys. Reads the key and its user for each request, so that revocation takes effect immediately. */
export class KeyAuthenticator implements Authenticator {
  readonly refusals = [apiKeyErrors.addressRefused];

  constructor(private readonly deps: KeyAuthenticatorDeps) {}

  /**
   * Returns the principal of an active key, or null. Throws `API_KEYS_ADDRESS_REFUSED` for an address that is not
   * allowed, without counting the request against the quotas.
   */
  async authenticate(token: string, { ip }: { ip: string }): Promise<Principal | null> {
    const apiKey = await this.#find(token);
    if (apiKey === null) return null;
    const access = await this.deps.users.findAccess(apiKey.userId);
    if (access?.isActive !== true) return null;
    if (!isAddressAllowed(apiKey.allowedAddresses, ip)) {
      await this.#recordRefusal(apiKey);
      throw apiKeyErrors.addressRefused();
    }
    return {
      userId: apiKey.userId,
      sessionId: apiKey.id,
      roles: access.roles,
      authenticatedAt: never,
      tokenVersion: access.tokenVersion,
      hasMfa: apiKey.madeWithMfa,
      machineKey: {
        id: apiKey.id,
        scopes: new Set(apiKey.scopes),
        organizationId: apiKey.organizationId,
        quotas: await this.deps.usage.charge(apiKey, ip),
      },
    };
  }

  async #find(token: string): Promise<ApiKey | null> {
    const parts = parseKey(token);
    const found = parts === null ? null : await this.deps.apiKeys.findLive(parts.prefix);
    if (parts === null || found === null) return null;
    const { apiKey, isPreviousSecretValid } = found;
    const previous = isPreviousSecretValid ? apiKey.previousSecretHash : null;
    const isValid =
      isSecretOf(apiKey.secretHash, parts.secret) ||
      (previous !== null && isSecretOf(previous, parts.secret));
    return isValid ? apiKey : null;
  }

  #recordRefusal({ id, userId, organizationId }: ApiKey): Promise<void> {
    const { attempts, audit, transaction } = this.deps;
    return transaction(async () => {
      if (!(await attempts.charge(id, 'api-keys.address-refused', oncePerMinute))) return;
      await audit.record({
        type: 'api_keys.address_refused',
        subjectId: userId,
        actorId: null,
        details: { apiKeyId: id, organizationId },
      });
    });
  }
}
