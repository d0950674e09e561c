import type { Clock } from '../../core/ports.ts';
import type { ApiKeys } from '../api-keys/index.ts';
import type { Audit } from '../audit/index.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { Membership } from './membership.model.ts';
import type { MembershipRepository } from './membership.repository.ts';
import type { Organization } from './organization.model.ts';
import type { OrganizationRepository } from './organization.repository.ts';

interface OffboardingServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** Removes a user from all organizations. If the user is the last owner, another member becomes owner. */
export class OffboardingService {
  constructor(private readonly deps: OffboardingServiceDeps) {}

  /**
   * Removes the user from all organizations and returns their number. Deletes an organization that has no other
   * members. Requires an open transaction that has locked the account.
   */
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
    const successor = await members.findSuccessor(id, userId);
    if (successor === null) {
      await apiKeys.revokeAllFor(id);
      await organizations.remove(id);
      await audit.record({
        type: 'organizations.deleted',
        subjectId: null,
        details: { organizationId: id },
      });
      return;
    }
    if (successor.role !== 'owner') await this.#promoteToOwner(successor);
    await members.remove(id, userId);
    await apiKeys.revokeAllFor(id, userId);
    await organizations.update(organization, { updatedAt: clock.now() });
    await audit.record({
      type: 'organizations.member_removed',
      subjectId: userId,
      details: { organizationId: id, isOwnWish: false },
    });
  }

  async #promoteToOwner(successor: Membership): Promise<void> {
    const { members, audit } = this.deps;
    await members.setRole(successor, 'owner');
    await audit.record({
      type: 'organizations.member_role_changed',
      subjectId: successor.userId,
      details: { organizationId: successor.organizationId, role: 'owner', previousRole: successor.role },
    });
  }
}
