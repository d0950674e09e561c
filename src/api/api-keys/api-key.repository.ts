import type { ExpectedVersion } from '../../core/version.ts';
import { assertVersion } from '../../core/version.ts';
import { readAllWhere } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { apiKeyErrors } from './api-key.errors.ts';
import { ApiKey } from './api-key.model.ts';

/** The owner of keys: a person or a tenant. */
export type Owner = { readonly userId: string } | { readonly organizationId: string };

/** A key that has just ended. */
export type EndedKey = Pick<ApiKey, 'id' | 'userId' | 'organizationId'>;

/** An active key. */
export interface FoundKey {
  readonly apiKey: ApiKey;
  /** True if the secret before the last rotation is still valid. */
  readonly isPreviousSecretValid: boolean;
}

const endedColumns = 'id, user_id AS "userId", organization_id AS "organizationId"';
const live = 'revoked_at IS NULL AND expires_at > now()';
const ended =
  'revoked_at = now(), expires_at = least(expires_at, now()), updated_at = now(), version = version + 1';
const retention = "interval '30 days'";
const maxListedKeys = 100;

/** Queries on `api_keys`. Queries for a caller filter by owner. The database clock decides on expiry. */
export class ApiKeyRepository {
  constructor(private readonly db: Database) {}

  /** Returns the active key with this prefix, or null. */
  async findLive(prefix: string): Promise<FoundKey | null> {
    const { entities, raw } = await this.#all()
      .addSelect('key.previous_expires_at > now()', 'is_previous_secret_valid')
      .where(`key.prefix = :prefix AND ${live}`, { prefix })
      .getRawAndEntities<{ is_previous_secret_valid: boolean | null }>();
    const [apiKey] = entities;
    return apiKey === undefined
      ? null
      : { apiKey, isPreviousSecretValid: raw[0]?.is_previous_secret_valid === true };
  }

  /** Returns the keys that are not revoked, newest first. */
  listFor(owner: Owner): Promise<ApiKey[]> {
    return this.#ownedBy(owner)
      .orderBy('key.createdAt', 'DESC')
      .addOrderBy('key.id', 'DESC')
      .take(maxListedKeys)
      .getMany();
  }

  async getById(id: string, owner: Owner): Promise<ApiKey> {
    const apiKey = await this.#ownedBy(owner).andWhere('key.id = :id', { id }).getOne();
    if (apiKey === null) throw apiKeyErrors.notFound();
    return apiKey;
  }

  /** Locks and returns a key. Throws `API_KEYS_NOT_FOUND`, or a version conflict. */
  async lockById(id: string, owner: Owner, expected: ExpectedVersion): Promise<ApiKey> {
    const apiKey = await this.#ownedBy(owner)
      .andWhere('key.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
    if (apiKey === null) throw apiKeyErrors.notFound();
    assertVersion(apiKey.version, expected);
    return apiKey;
  }

  /** Serializes the transactions that create a key for this user, so that the limit on keys holds. */
  async lockFor(userId: string): Promise<void> {
    await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('api-keys:' || $1, 0))`, [userId]);
  }

  /** Counts the active keys that act for a user, including keys of tenants. */
  countLive(userId: string): Promise<number> {
    return this.#all().where(`key.userId = :userId AND ${live}`, { userId }).getCount();
  }

  async insert(apiKey: ApiKey): Promise<void> {
    await this.db.repository(ApiKey).insert(apiKey);
  }

  /** Stores changes to a locked key. Returns the updated key. */
  async update(apiKey: ApiKey, changes: Partial<ApiKey>): Promise<ApiKey> {
    const next = { ...changes, version: apiKey.version + 1 };
    await this.db.repository(ApiKey).update({ id: apiKey.id }, next);
    return Object.assign(apiKey, next);
  }

  /**
   * Replaces the secret of an active key. The old secret stays valid for `overlapSeconds`. Returns null if the key has
   * expired.
   */
  async rotate(id: string, secretHash: string, overlapSeconds: number): Promise<ApiKey | null> {
    const rows = await this.db.query(
      `UPDATE api_keys SET secret_hash = $2, updated_at = now(), version = version + 1,
         previous_secret_hash = CASE WHEN $3::int > 0 THEN secret_hash END,
         previous_expires_at = CASE WHEN $3::int > 0 THEN least(now() + make_interval(secs => $3::int), expires_at) END
       WHERE id = $1 AND ${live} RETURNING 1`,
      [id, secretHash, overlapSeconds],
    );
    return rows.length === 0 ? null : this.db.repository(ApiKey).findOneByOrFail({ id });
  }

  /** Revokes a locked key permanently. */
  async revoke(id: string): Promise<void> {
    await this.db.query(`UPDATE api_keys SET ${ended} WHERE id = $1`, [id]);
  }

  /**
   * Revokes all keys of a tenant. If `userId` is set, revokes only those that act for this user. Returns the revoked
   * keys.
   */
  revokeAllFor(organizationId: string, userId: string | undefined): Promise<EndedKey[]> {
    return this.db.query(
      `UPDATE api_keys SET ${ended} WHERE organization_id = $1 AND revoked_at IS NULL
         AND ($2::uuid IS NULL OR user_id = $2) RETURNING ${endedColumns}`,
      [organizationId, userId ?? null],
    );
  }

  /** Revokes all keys that act for a user, including keys of tenants. Returns the revoked keys. */
  revokeAllOf(userId: string): Promise<EndedKey[]> {
    return this.db.query(
      `UPDATE api_keys SET ${ended} WHERE user_id = $1 AND ${live} RETURNING ${endedColumns}`,
      [userId],
    );
  }

  /** Reads all stored keys that act for a user, including revoked keys. */
  readAllOf(userId: string): AsyncGenerator<ApiKey> {
    return readAllWhere(this.db.repository(ApiKey), { userId });
  }

  async deleteAllOf(userId: string): Promise<void> {
    await this.db.repository(ApiKey).delete({ userId });
  }

  /** Deletes up to `limit` keys that ended more than 30 days ago and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('api_keys', `expires_at < now() - ${retention}`, limit);
  }

  #all() {
    return this.db.repository(ApiKey).createQueryBuilder('key');
  }

  #ownedBy(owner: Owner) {
    const keys = this.#all().where('key.revokedAt IS NULL');
    return 'organizationId' in owner
      ? keys.andWhere('key.organizationId = :organizationId', owner)
      : keys.andWhere('key.userId = :userId AND key.organizationId IS NULL', owner);
  }
}
