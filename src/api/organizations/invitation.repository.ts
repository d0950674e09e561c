import type { Page } from '../../core/pagination.ts';
import { firstUuid, readInBatches } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { Invitation } from './invitation.model.ts';
import type { MemberRole } from './organization.policy.ts';
import type { MemberContext } from './organization.repository.ts';
import type { ListInvitationsQuery } from './organization.validation.ts';

const sortColumns: SortColumns = { createdAt: { property: 'createdAt', kind: 'moment' } };

type NewInvitation = Omit<Invitation, 'expiresAt' | 'createdAt'>;

/** An invitation, as shown to the invitee. */
export interface OwnInvitation {
  readonly organization: string;
  readonly role: MemberRole;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Queries on `invitations`. The database clock decides on expiry. */
export class InvitationRepository {
  constructor(private readonly db: Database) {}

  /** Returns a page of the open invitations of an organization. The page is empty if the caller is not a member. */
  list(query: ListInvitationsQuery, { organization, userId }: MemberContext): Promise<Page<Invitation>> {
    const invitations = this.db
      .repository(Invitation)
      .createQueryBuilder('invitation')
      .where('invitation.organizationId = :id AND invitation.expiresAt > now()', { id: organization.id })
      .andWhere(
        'EXISTS (SELECT 1 FROM memberships own WHERE own.organization_id = :id AND own.user_id = :userId)',
        { userId },
      );
    return listPage(invitations, query, sortColumns);
  }

  /** Stores an invitation. Replaces an earlier invitation of the same address. */
  async replace(invitation: NewInvitation, ttlSeconds: number): Promise<Invitation> {
    const { id, organizationId, email, role, tokenHash, invitedBy } = invitation;
    await this.db.query(
      `INSERT INTO invitations (id, organization_id, email, role, token_hash, invited_by, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, now(), now() + make_interval(secs => $7))
       ON CONFLICT (organization_id, email) DO UPDATE SET id = excluded.id, role = excluded.role,
         token_hash = excluded.token_hash, invited_by = excluded.invited_by,
         created_at = excluded.created_at, expires_at = excluded.expires_at`,
      [id, organizationId, email, role, tokenHash, invitedBy, ttlSeconds],
    );
    return this.db.repository(Invitation).findOneByOrFail({ id });
  }

  /** Returns the invitation of a token, or null if there is none or the invitation has expired. */
  findOpen(tokenHash: string): Promise<Invitation | null> {
    return this.db
      .repository(Invitation)
      .createQueryBuilder('invitation')
      .where('invitation.tokenHash = :tokenHash AND invitation.expiresAt > now()', { tokenHash })
      .getOne();
  }

  /** Deletes a valid invitation. Returns false if there is none. Of two concurrent calls, only one succeeds. */
  async consume(tokenHash: string): Promise<boolean> {
    const rows = await this.db.query(
      'DELETE FROM invitations WHERE token_hash = $1 AND expires_at > now() RETURNING 1',
      [tokenHash],
    );
    return rows.length > 0;
  }

  /** Deletes an open invitation. Returns false if there is none. */
  async remove(organizationId: string, id: string): Promise<boolean> {
    const rows = await this.db.query(
      'DELETE FROM invitations WHERE organization_id = $1 AND id = $2 AND expires_at > now() RETURNING 1',
      [organizationId, id],
    );
    return rows.length > 0;
  }

  /** Deletes the invitations with these roles that a member has sent. */
  async removeBy(organizationId: string, invitedBy: string, roles: readonly MemberRole[]): Promise<void> {
    await this.db.query(
      'DELETE FROM invitations WHERE organization_id = $1 AND invited_by = $2 AND role = ANY ($3)',
      [organizationId, invitedBy, roles],
    );
  }

  /** Reads all invitations to an address, including expired invitations. */
  async *readAllTo(email: string): AsyncGenerator<OwnInvitation> {
    const found = readInBatches<OwnInvitation & { readonly id: string }>((last, limit) =>
      this.db.query(
        `SELECT i.id, o.name AS organization, i.role, i.created_at AS "createdAt", i.expires_at AS "expiresAt"
         FROM invitations i JOIN organizations o ON o.id = i.organization_id
         WHERE i.email = $1 AND (i.created_at, i.id) > ($2, $3) ORDER BY i.created_at, i.id LIMIT $4`,
        [email, last?.createdAt ?? '-infinity', last?.id ?? firstUuid, limit],
      ),
    );
    for await (const { id: _id, ...invitation } of found) yield invitation;
  }

  /** Deletes all invitations that a user has sent. */
  async removeAllBy(userId: string): Promise<void> {
    await this.db.query('DELETE FROM invitations WHERE invited_by = $1', [userId]);
  }

  /** Deletes all invitations to an address. */
  async removeAllTo(email: string): Promise<void> {
    await this.db.query('DELETE FROM invitations WHERE email = $1', [email]);
  }

  /** Deletes up to `limit` expired invitations and returns the number deleted. */
  purge(limit: number): Promise<number> {
    return this.db.purge('invitations', 'expires_at < now()', limit);
  }
}
