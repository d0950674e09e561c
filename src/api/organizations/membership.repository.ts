import type { Page } from '../../core/pagination.ts';
import { firstUuid, readInBatches } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { Membership } from './membership.model.ts';
import { memberRoles, type MemberRole } from './organization.policy.ts';
import type { MemberContext } from './organization.repository.ts';
import type { ListMembersQuery } from './organization.validation.ts';

const sortColumns: SortColumns = { createdAt: { property: 'createdAt', kind: 'moment' } };

/** A membership, as shown to the member. */
export interface OwnMembership {
  readonly organizationId: string;
  readonly organization: string;
  readonly role: MemberRole;
  readonly joinedAt: Date;
}

/** Queries on `memberships`. Every query filters by organization or by user. */
export class MembershipRepository {
  constructor(private readonly db: Database) {}

  find(organizationId: string, userId: string): Promise<Membership | null> {
    return this.db.findOne(Membership, { organizationId, userId });
  }

  /** Returns a page of the members of an organization. The page is empty if the caller is not a member. */
  list(query: ListMembersQuery, { organization, userId }: MemberContext): Promise<Page<Membership>> {
    const members = this.db
      .repository(Membership)
      .createQueryBuilder('member')
      .where('member.organizationId = :id', { id: organization.id })
      .andWhere(
        'EXISTS (SELECT 1 FROM memberships own WHERE own.organization_id = :id AND own.user_id = :userId)',
        { userId },
      );
    return listPage(members, query, sortColumns);
  }

  /**
   * Returns the other member with the highest role. Among equals, returns the earliest to join. Returns null if there
   * is no other member.
   */
  findSuccessor(organizationId: string, userId: string): Promise<Membership | null> {
    return this.db
      .repository(Membership)
      .createQueryBuilder('member')
      .where('member.organizationId = :organizationId AND member.userId <> :userId', {
        organizationId,
        userId,
      })
      .orderBy('array_position(CAST(:roles AS text[]), member.role)')
      .addOrderBy('member.createdAt')
      .addOrderBy('member.id')
      .setParameter('roles', memberRoles)
      .limit(1)
      .getOne();
  }

  readAllOf(userId: string): AsyncGenerator<OwnMembership> {
    return readInBatches((last, limit) =>
      this.db.query<OwnMembership>(
        `SELECT o.id AS "organizationId", o.name AS organization, m.role, m.created_at AS "joinedAt"
         FROM memberships m JOIN organizations o ON o.id = m.organization_id
         WHERE m.user_id = $1 AND (m.created_at, m.organization_id) > ($2, $3)
         ORDER BY m.created_at, m.organization_id LIMIT $4`,
        [userId, last?.joinedAt ?? '-infinity', last?.organizationId ?? firstUuid, limit],
      ),
    );
  }

  /** Counts the organizations of a user. */
  countOf(userId: string): Promise<number> {
    return this.db.repository(Membership).countBy({ userId });
  }

  countOwners(organizationId: string): Promise<number> {
    return this.db.repository(Membership).countBy({ organizationId, role: 'owner' });
  }

  async insert(membership: Membership): Promise<void> {
    await this.db.repository(Membership).insert(membership);
  }

  async setRole(membership: Membership, role: MemberRole): Promise<Membership> {
    await this.db.repository(Membership).update({ id: membership.id }, { role });
    return Object.assign(membership, { role });
  }

  async remove(organizationId: string, userId: string): Promise<void> {
    await this.db.repository(Membership).delete({ organizationId, userId });
  }
}
