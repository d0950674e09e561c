import type { Database } from '../../db/database.ts';
import { translateUnique } from '../../db/errors.ts';
import { oidcErrors } from './oidc.errors.ts';
import { OidcIdentity } from './oidc-identity.model.ts';

/** What names an identity. */
export type IdentityKey = Pick<OidcIdentity, 'issuer' | 'subject'>;

/** Questions to the table of identities. */
export class OidcIdentityRepository {
  constructor(private readonly db: Database) {}

  /** The id of the user whom the identity lets in; null when it is nobody's. */
  async findOwner({ issuer, subject }: IdentityKey): Promise<string | null> {
    const identity = await this.db.findOne(OidcIdentity, { issuer, subject });
    return identity?.userId ?? null;
  }

  listFor(userId: string): Promise<OidcIdentity[]> {
    return this.db
      .repository(OidcIdentity)
      .find({ where: { userId }, order: { provider: 'ASC', createdAt: 'ASC' } });
  }

  /** Those of a user, held until the transaction ends: of two who unlink at once, the second sees what the first left. */
  lockFor(userId: string): Promise<OidcIdentity[]> {
    return this.db.repository(OidcIdentity).find({
      where: { userId },
      order: { issuer: 'ASC', subject: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Throws `OIDC_IDENTITY_TAKEN` when the identity lets someone in already. */
  async insert(identity: Omit<OidcIdentity, 'createdAt' | 'lastUsedAt'>): Promise<void> {
    await translateUnique('oidc_identities_pkey', oidcErrors.identityTaken, () =>
      this.db.repository(OidcIdentity).insert(identity),
    );
  }

  /** Notes that the identity was used; false when it does not let this user in (any more). */
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
