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

/** An organization, one of its members, and what they are in it. */
export interface Standing {
  readonly organization: Organization;
  readonly userId: string;
  readonly role: MemberRole;
}

const isMember = `EXISTS (SELECT 1 FROM memberships own
  WHERE own.organization_id = organization.id AND own.user_id = :userId)`;

/** Questions to the table of organizations. Whoever asks must be a member: that is part of each question. */
export class OrganizationRepository {
  constructor(private readonly db: Database) {}

  /** Returns the organization and the member's role in it; null for anyone else, as for an unknown organization. */
  async findStanding(id: string, userId: string): Promise<Standing | null> {
    const [role] = (await this.#rolesOf(userId, [id])).values();
    if (role === undefined) return null;
    const organization = await this.db.findOne(Organization, { id });
    return organization === null ? null : { organization, userId, role };
  }

  /** The organization, held until the transaction ends, and with it who is what in it. */
  lock(id: string): Promise<Organization | null> {
    return this.db.repository(Organization).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** All organizations of a person, held in a fixed order until the transaction ends. */
  lockAllOf(userId: string): Promise<Organization[]> {
    return this.db
      .repository(Organization)
      .createQueryBuilder('organization')
      .where(isMember, { userId })
      .orderBy('organization.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  /** The organizations of a person; `only` leaves no other than that one. */
  async list(query: ListOrganizationsQuery, userId: string, only: string | null): Promise<Page<Standing>> {
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
    const standings = items.flatMap((organization) => {
      const role = roles.get(organization.id);
      return role === undefined ? [] : [{ organization, userId, role }];
    });
    return { items: standings, pagination };
  }

  /** How many organizations a person owns; nobody else counts them until the transaction ends. */
  async countSolelyOwned(userId: string): Promise<number> {
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

  /** Stores a change of an organization that this transaction holds, or of who is what in it; gives it as it is then. */
  async update(organization: Organization, changes: Partial<Organization>): Promise<Organization> {
    const next = { ...changes, version: organization.version + 1 };
    await this.db.repository(Organization).update({ id: organization.id }, next);
    return Object.assign(organization, next);
  }

  /** Removes an organization with its memberships and invitations. */
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
