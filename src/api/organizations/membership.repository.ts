import type { Page } from '../../core/pagination.ts';
import { firstUuid, readInBatches } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { Membership } from './membership.model.ts';
import { memberRoles, type MemberRole } from './organization.policy.ts';
import type { Standing } from './organization.repository.ts';
import type { ListMembersQuery } from './organization.validation.ts';

const sortColumns: SortColumns = { createdAt: { property: 'createdAt', kind: 'moment' } };

/** What a person is in an organization, as told to that person. */
export interface OwnMembership {
  readonly organizationId: string;
  readonly organization: string;
  readonly role: MemberRole;
  readonly joinedAt: Date;
}

/** Questions to the table of memberships, each of one organization or of one person. */
export class MembershipRepository {
  constructor(private readonly db: Database) {}

  find(organizationId: string, userId: string): Promise<Membership | null> {
    return this.db.findOne(Membership, { organizationId, userId });
  }

  /** The members of an organization, for one of them. */
  list(query: ListMembersQuery, { organization, userId }: Standing): Promise<Page<Membership>> {
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

  /** The first of the highest role beside this member, in the order in which they joined; null if there is no other. */
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

  /** How many organizations a person is a member of. */
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
