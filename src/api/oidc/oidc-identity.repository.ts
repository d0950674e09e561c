import type { Database } from '../../db/database.ts';
import { translateUnique } from '../../db/errors.ts';
import { oidcErrors } from './oidc.errors.ts';
import { OidcIdentity } from './oidc-identity.model.ts';

/** The primary key of an identity. */
export type IdentityKey = Pick<OidcIdentity, 'issuer' | 'subject'>;

/** Queries on `oidc_identities`. */
export class OidcIdentityRepository {
  constructor(private readonly db: Database) {}

  /** Returns the id of the user that the identity is linked to, or null. */
  async findOwner({ issuer, subject }: IdentityKey): Promise<string | null> {
    const identity = await this.db.findOne(OidcIdentity, { issuer, subject });
    return identity?.userId ?? null;
  }

  listFor(userId: string): Promise<OidcIdentity[]> {
    return this.db
      .repository(OidcIdentity)
      .find({ where: { userId }, order: { provider: 'ASC', createdAt: 'ASC' } });
  }

  /** Locks and returns the identities of a user, so that concurrent unlinks run one after another. */
  lockFor(userId: string): Promise<OidcIdentity[]> {
    return this.db.repository(OidcIdentity).find({
      where: { userId },
      order: { issuer: 'ASC', subject: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Stores an identity. Throws `OIDC_IDENTITY_TAKEN` if it is already linked to an account. */
  async insert(identity: Omit<OidcIdentity, 'createdAt' | 'lastUsedAt'>): Promise<void> {
    await translateUnique('oidc_identities_pkey', oidcErrors.identityTaken, () =>
      this.db.repository(OidcIdentity).insert(identity),
    );
  }

  /** Updates the time of last use. Returns false if the identity is not linked to this user. */
  async touch({ issuer, subject }: IdentityKey, userId: string): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE oidc_identities SET last_used_at = now() WHERE issuer = $1 AND subject = $2 AND user_id = $3 RETURNING 1`,
      [issuer, subject, userId],
    );
    return rows.length > 0;
  }

  async deleteOf(userId: string, provider: string): Promise<void> {
    await this.db.repository(OidcIdentity).delete({ userId, provider });
  }

  async deleteAllOf(userId: string): Promise<void> {
    await this.db.repository(OidcIdentity).delete({ userId });
  }
}
