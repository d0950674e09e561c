import type { Page } from '../../core/pagination.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { Membership } from './membership.model.ts';
import { Organization } from './organization.model.ts';
import type { MemberRole } from './organization.policy.ts';
import type { ListOrganizationsQuery } from './organization.validation.ts';

const sortColumns: SortColumns = {
  createdAt: { property: 'createdAt', kind: 'moment' },
  name: { property: 'name', kind: 'text' },
};

/** An organization, with the caller's user id and role in it. */
export interface MemberContext {
  readonly organization: Organization;
  readonly userId: string;
  readonly role: MemberRole;
}

const isMember = `EXISTS (SELECT 1 FROM memberships own
  WHERE own.organization_id = organization.id AND own.user_id = :userId)`;

/** Queries on `organizations`. Queries for a caller filter by membership. */
export class OrganizationRepository {
  constructor(private readonly db: Database) {}

  /** Returns an organization and the user's role in it, or null if it does not exist or the user is not a member. */
  async findMemberContext(id: string, userId: string): Promise<MemberContext | null> {
    const [role] = (await this.#rolesOf(userId, [id])).values();
    if (role === undefined) return null;
    const organization = await this.db.findOne(Organization, { id });
    return organization === null ? null : { organization, userId, role };
  }

  /** Locks and returns an organization, or null. By convention, the lock also covers its memberships. */
  lock(id: string): Promise<Organization | null> {
    return this.db.repository(Organization).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Locks all organizations of a user in a fixed order and returns them. */
  lockAllOf(userId: string): Promise<Organization[]> {
    return this.db
      .repository(Organization)
      .createQueryBuilder('organization')
      .where(isMember, { userId })
      .orderBy('organization.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  /** Returns a page of the user's organizations. If `only` is set, restricts it to that organization. */
  async list(
    query: ListOrganizationsQuery,
    userId: string,
    only: string | null,
  ): Promise<Page<MemberContext>> {
    const organizations = this.db
      .repository(Organization)
      .createQueryBuilder('organization')
      .where(isMember, { userId });
    if (only !== null) organizations.andWhere('organization.id = :only', { only });
    const { items, pagination } = await listPage(organizations, query, sortColumns);
    const roles = await this.#rolesOf(
      userId,
      items.map(({ id }) => id),
    );
    const ownItems = items.flatMap((organization) => {
      const role = roles.get(organization.id);
      return role === undefined ? [] : [{ organization, userId, role }];
    });
    return { items: ownItems, pagination };
  }

  /**
   * Counts the organizations that a user owns. Takes a lock until the transaction ends, so that concurrent requests
   * cannot exceed a limit.
   */
  async countOwned(userId: string): Promise<number> {
    await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('organizations:' || $1, 0))`, [
      userId,
    ]);
    return this.db.repository(Membership).countBy({ userId, role: 'owner' });
  }

  count(): Promise<number> {
    return this.db.repository(Organization).count();
  }

  async insert(organization: Organization): Promise<void> {
    await this.db.repository(Organization).insert(organization);
  }

  /** Stores changes to a locked organization or its members. Returns the updated organization. */
  async update(organization: Organization, changes: Partial<Organization>): Promise<Organization> {
    const next = { ...changes, version: organization.version + 1 };
    await this.db.repository(Organization).update({ id: organization.id }, next);
    return Object.assign(organization, next);
  }

  /** Deletes an organization with its memberships and invitations. */
  async remove(id: string): Promise<void> {
    await this.db.repository(Organization).delete({ id });
  }

  async #rolesOf(userId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MemberRole>> {
    const rows = await this.db.query<{ id: string; role: MemberRole }>(
      'SELECT organization_id AS id, role FROM memberships WHERE user_id = $1 AND organization_id = ANY ($2)',
      [userId, ids],
    );
    return new Map(rows.map(({ id, role }) => [id, role]));
  }
}
