import { coreErrors, invalidInput } from '../../core/errors.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import { assertRecentSignIn } from '../../http/recent-sign-in.ts';
import type { Caller } from '../../http/route.ts';
import type { ExpectedVersion } from '../../core/version.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import type { Users } from '../users/index.ts';
import { normalizeNetwork } from './address-list.ts';
import type { IssuedApiKey } from './api-key.api.ts';
import { apiKeyErrors } from './api-key.errors.ts';
import { apiKeyMessages } from './api-key.messages.ts';
import type { ApiKey } from './api-key.model.ts';
import type { ApiKeyRepository, Owner } from './api-key.repository.ts';
import type { ChangeApiKeyBody, CreateApiKeyBody, RotateApiKeyBody } from './api-key.validation.ts';
import { widensKey } from './widening.ts';
import { formatKey, hashSecret, makePrefix, makeSecret } from './key-text.ts';

interface ApiKeyServiceDeps {
  readonly apiKeys: ApiKeyRepository;
  readonly users: Users;
  readonly audit: Audit;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

const maxKeysPerUser = 20;
const dayMs = 86_400_000;
const defaultTtlMs = 90 * dayMs;
const maxTtlMs = 365 * dayMs;

/** Returns the normalized addresses and networks. Throws a validation error if one of them is invalid. */
function normalizeAll(addresses: readonly string[]): string[] {
  const normalized = addresses.map(normalizeNetwork);
  const invalid = normalized.flatMap((address, index) => (address === null ? [index] : []));
  if (invalid.length === 0) return [...new Set(normalized.flatMap((address) => address ?? []))];
  throw invalidInput(
    ...invalid.map((index) => ({
      in: 'body' as const,
      path: `allowedAddresses.${index}`,
      rule: 'address.invalid',
      message: apiKeyMessages.rules.address,
    })),
  );
}

/** Creates, changes, rotates and revokes the API keys of users and tenants. */
export class ApiKeyService {
  constructor(private readonly deps: ApiKeyServiceDeps) {}

  /** Creates a key that acts for the caller, and belongs to the tenant if one is given. */
  async create(
    caller: Caller,
    body: CreateApiKeyBody,
    organizationId: string | null = null,
  ): Promise<IssuedApiKey> {
    const { apiKeys, users, audit, transaction } = this.deps;
    const lacking = body.scopes.filter((scope) => !caller.permissions.has(scope));
    if (lacking.length > 0) throw apiKeyErrors.scopeNotHeld(lacking.map((scope) => ({ scope })));
    const issued = this.#buildKey(caller, body, organizationId);
    const { apiKey } = issued;
    await transaction(async () => {
      // Between authentication and this lock, the account may have been erased or its password reset. Such an account
      // must not get a key.
      if (!(await users.lockActiveAtVersion(caller.userId, caller.tokenVersion)))
        throw coreErrors.unauthenticated();
      await apiKeys.lockFor(caller.userId);
      if ((await apiKeys.countLive(caller.userId)) >= maxKeysPerUser) throw apiKeyErrors.tooMany();
      await apiKeys.insert(apiKey);
      await audit.record({
        type: 'api_keys.created',
        subjectId: apiKey.userId,
        details: { apiKeyId: apiKey.id, organizationId, scopes: apiKey.scopes },
      });
    });
    return issued;
  }

  list(owner: Owner): Promise<ApiKey[]> {
    return this.deps.apiKeys.listFor(owner);
  }

  get(id: string, owner: Owner): Promise<ApiKey> {
    return this.deps.apiKeys.getById(id, owner);
  }

  /** Changes a key. Throws `AUTH_RECENT_SIGN_IN_REQUIRED` for changes that let the key do more. */
  change(id: string, caller: Caller, body: ChangeApiKeyBody, expected: ExpectedVersion): Promise<ApiKey> {
    const { apiKeys, clock, transaction } = this.deps;
    const { userId } = caller;
    const { allowedAddresses, ...others } = body;
    const changes = {
      ...others,
      ...(allowedAddresses && { allowedAddresses: normalizeAll(allowedAddresses) }),
      updatedAt: clock.now(),
    };
    return transaction(async () => {
      const before = await apiKeys.lockById(id, { userId }, expected);
      if (widensKey(before, changes)) assertRecentSignIn(caller, clock.now());
      const apiKey = await apiKeys.update(before, changes);
      await this.#record('api_keys.changed', apiKey, { changed: Object.keys(body) });
      return apiKey;
    });
  }

  /**
   * Replaces the secret. The current secret stays valid for the overlap. If an earlier secret is still valid, revokes
   * it.
   */
  rotate(id: string, owner: Owner, { overlapSeconds }: RotateApiKeyBody): Promise<IssuedApiKey> {
    const { apiKeys, transaction } = this.deps;
    const secret = makeSecret();
    return transaction(async () => {
      await apiKeys.lockById(id, owner, 'any');
      const apiKey = await apiKeys.rotate(id, hashSecret(secret), overlapSeconds);
      if (apiKey === null) throw apiKeyErrors.expired();
      await this.#record('api_keys.rotated', apiKey, { overlapSeconds });
      return { apiKey, key: formatKey({ prefix: apiKey.prefix, secret }) };
    });
  }

  async revoke(id: string, owner: Owner, expected: ExpectedVersion): Promise<void> {
    const { apiKeys, transaction } = this.deps;
    await transaction(async () => {
      const apiKey = await apiKeys.lockById(id, owner, expected);
      await apiKeys.revoke(apiKey.id);
      await this.#record('api_keys.revoked', apiKey);
    });
  }

  /**
   * Revokes all keys of a tenant in the open transaction. If `userId` is set, revokes only those that act for this
   * user.
   */
  async revokeAllFor(organizationId: string, userId?: string): Promise<void> {
    const { apiKeys, transaction } = this.deps;
    await transaction(async () => {
      for (const key of await apiKeys.revokeAllFor(organizationId, userId))
        await this.#record('api_keys.revoked', key);
    });
  }

  /**
   * Revokes all keys that act for a user, including keys of tenants, in the open transaction. Returns the number
   * revoked.
   */
  async revokeAllOf(userId: string): Promise<number> {
    const revoked = await this.deps.apiKeys.revokeAllOf(userId);
    for (const key of revoked) await this.#record('api_keys.revoked', key);
    return revoked.length;
  }

  #buildKey(caller: Caller, body: CreateApiKeyBody, organizationId: string | null): IssuedApiKey {
    const { clock, ids } = this.deps;
    const now = clock.now();
    const [prefix, secret] = [makePrefix(), makeSecret()];
    const apiKey: ApiKey = {
      id: ids.next(),
      prefix,
      name: body.name,
      userId: caller.userId,
      organizationId,
      scopes: body.scopes,
      allowedAddresses: normalizeAll(body.allowedAddresses),
      quotaPerMinute: body.quotaPerMinute,
      quotaPerDay: body.quotaPerDay,
      madeWithMfa: caller.hasMfa,
      secretHash: hashSecret(secret),
      previousSecretHash: null,
      previousExpiresAt: null,
      expiresAt: this.#expiryOf(body.expiresAt),
      lastUsedAt: null,
      lastUsedIp: null,
      revokedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    return { apiKey, key: formatKey({ prefix, secret }) };
  }

  #expiryOf(requested: string | undefined): Date {
    const nowMs = this.deps.clock.now().getTime();
    if (requested === undefined) return new Date(nowMs + defaultTtlMs);
    const expiresAt = new Date(requested);
    const ttlMs = expiresAt.getTime() - nowMs;
    // Rejects 30 February, which JavaScript would parse as a day in March.
    const isDay = expiresAt.toISOString().startsWith(requested.slice(0, 10));
    if (isDay && ttlMs > 0 && ttlMs <= maxTtlMs) return expiresAt;
    throw invalidInput({
      in: 'body',
      path: 'expiresAt',
      rule: 'date.range',
      message: apiKeyMessages.rules.expiryRange,
    });
  }

  #record(
    type: string,
    { id, userId, organizationId }: Pick<ApiKey, 'id' | 'userId' | 'organizationId'>,
    details: Readonly<Record<string, number | readonly string[]>> = {},
  ): Promise<void> {
    return this.deps.audit.record({
      type,
      subjectId: userId,
      details: { apiKeyId: id, organizationId, ...details },
    });
  }
}
