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
  /** The demo users: the first becomes the owner, the second an admin, all others members. */
  readonly userIds: readonly string[];
}

/** Creates an organization with the demo users if there is none. Returns a one-line summary. */
export async function seedOrganizations(deps: OrganizationSeedDeps): Promise<string> {
  const { organizations, members, service, transaction, clock, ids, userIds } = deps;
  const existing = await organizations.count();
  if (existing > 0) return `${existing} organizations`;
  const [ownerId, ...others] = userIds;
  if (ownerId === undefined) return 'no organizations, because there are no demo users';
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
  return `1 organization with ${userIds.length} members`;
}
