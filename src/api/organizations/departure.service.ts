import type { Clock } from '../../core/ports.ts';
import type { ApiKeys } from '../api-keys/index.ts';
import type { Audit } from '../audit/index.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { Membership } from './membership.model.ts';
import type { MembershipRepository } from './membership.repository.ts';
import type { Organization } from './organization.model.ts';
import type { OrganizationRepository } from './organization.repository.ts';

interface DepartureServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Takes a person out of all organizations, without asking whether they may leave: an heir becomes owner. */
export class DepartureService {
  constructor(private readonly deps: DepartureServiceDeps) {}

  /** Needs an open transaction that holds the account. Returns how many organizations were left. */
  async leaveAll(userId: string): Promise<number> {
    const { organizations, invitations } = this.deps;
    const left = await organizations.lockAllOf(userId);
    for (const organization of left) await this.#leave(organization, userId);
    await invitations.removeAllBy(userId);
    return left.length;
  }

  async #leave(organization: Organization, userId: string): Promise<void> {
    const { organizations, members, apiKeys, audit, clock } = this.deps;
    const { id } = organization;
    const heir = await members.findSuccessor(id, userId);
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
    if (heir.role !== 'owner') await this.#promoteToOwner(heir);
    await members.remove(id, userId);
    await apiKeys.revokeAllFor(id, userId);
    await organizations.update(organization, { updatedAt: clock.now() });
    await audit.record({
      type: 'organizations.member_removed',
      subjectId: userId,
      details: { organizationId: id, isOwnWish: false },
    });
  }

  async #promoteToOwner(heir: Membership): Promise<void> {
    const { members, audit } = this.deps;
    await members.setRole(heir, 'owner');
    await audit.record({
      type: 'organizations.member_role_changed',
      subjectId: heir.userId,
      details: { organizationId: heir.organizationId, role: 'owner', previousRole: heir.role },
    });
  }
}
