import type { PersonalData } from '../../core/module.ts';
import type { Clock } from '../../core/ports.ts';
import type { ApiKeys } from '../api-keys/index.ts';
import type { Audit } from '../audit/index.ts';
import type { Users } from '../users/index.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { Membership } from './membership.model.ts';
import type { MembershipRepository } from './membership.repository.ts';
import type { Organization } from './organization.model.ts';
import type { OrganizationRepository } from './organization.repository.ts';

interface PersonalDataServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** What organizations hold about a person, and what becomes of them without that person. */
export class PersonalDataService implements PersonalData {
  constructor(private readonly deps: PersonalDataServiceDeps) {}

  async exportFor(userId: string) {
    const { members, invitations, users } = this.deps;
    const user = await users.findById(userId);
    // Anyone can register with an address that is not theirs: what went to it is told once it is verified.
    const isTold = user?.emailVerified === true;
    return {
      memberships: members.readAllOf(userId),
      invitations: isTold ? invitations.readAllTo(user.email) : [],
    };
  }

  /** Needs the transaction that erases the person, before the account is emptied. */
  async eraseFor(userId: string): Promise<void> {
    const { organizations, invitations, users } = this.deps;
    for (const organization of await organizations.lockAllOf(userId)) await this.#leave(organization, userId);
    const user = await users.findById(userId);
    await invitations.removeAllOf(userId, user?.email ?? '');
  }

  async #leave(organization: Organization, userId: string): Promise<void> {
    const { organizations, members, apiKeys, audit, clock } = this.deps;
    const { id } = organization;
    const heir = await members.findHeir(id, userId);
    if (heir === null) {
      await apiKeys.revokeAllFor(id);
      await organizations.remove(id);
      await audit.record({
        type: 'organizations.deleted',
        subjectId: null,
        details: { organizationId: id },
      });
      return;
    }
    if (heir.role !== 'owner') await this.#inherit(heir);
    await members.remove(id, userId);
    await apiKeys.revokeAllFor(id, userId);
    await organizations.update(organization, { updatedAt: clock.now() });
  }

  async #inherit(heir: Membership): Promise<void> {
    const { members, audit } = this.deps;
    await members.setRole(heir, 'owner');
    await audit.record({
      type: 'organizations.member_role_changed',
      subjectId: heir.userId,
      details: { organizationId: heir.organizationId, role: 'owner', previousRole: heir.role },
    });
  }
}
