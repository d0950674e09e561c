import type { Clock, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { MembershipRepository } from './membership.repository.ts';
import { memberRoles } from './organization.policy.ts';
import type { OrganizationRepository } from './organization.repository.ts';
import type { OrganizationService } from './organization.service.ts';

interface OrganizationSeedDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly service: OrganizationService;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The demo people: the first becomes owner, the next admin, everyone else a member. */
  readonly userIds: readonly string[];
}

/** Makes one organization of the demo people where there is none; gives a line that says what there is. */
export async function seedOrganizations(deps: OrganizationSeedDeps): Promise<string> {
  const { organizations, members, service, transaction, clock, ids, userIds } = deps;
  const existing = await organizations.count();
  if (existing > 0) return `${existing} organizations`;
  const [ownerId, ...others] = userIds;
  if (ownerId === undefined) return 'no organizations: there is nobody to own one';
  await transaction(async () => {
    const { organization } = await service.create(ownerId, { name: 'Example Furniture' });
    for (const [index, userId] of others.entries()) {
      await members.insert({
        id: ids.next(),
        organizationId: organization.id,
        userId,
        role: memberRoles[index + 1] ?? 'member',
        createdAt: clock.now(),
      });
    }
  });
  return `an organization of ${userIds.length} members`;
}
