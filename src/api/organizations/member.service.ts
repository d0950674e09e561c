import type { Page } from '../../core/pagination.ts';
import type { Clock } from '../../core/ports.ts';
import { assertRecentSignIn } from '../../http/recent-sign-in.ts';
import type { Caller } from '../../http/route.ts';
import type { Transaction } from '../../db/database.ts';
import type { ApiKeys } from '../api-keys/index.ts';
import type { Audit } from '../audit/index.ts';
import type { User, Users } from '../users/index.ts';
import type { InvitationRepository } from './invitation.repository.ts';
import type { Membership } from './membership.model.ts';
import type { MembershipRepository } from './membership.repository.ts';
import { organizationErrors } from './organization.errors.ts';
import { isAtLeast, canInviteAs, canRemove, memberRoles } from './organization.policy.ts';
import type { OrganizationRepository } from './organization.repository.ts';
import type { ChangeMemberBody, ListMembersQuery } from './organization.validation.ts';
import type { MemberContext, MembershipGuard } from './membership-guard.service.ts';

/** A membership, with the name and the address of the user. */
export interface Member {
  readonly membership: Membership;
  readonly name: string;
  readonly email: string;
}

const toMember = (membership: Membership, user: User | null | undefined): Member => ({
  membership,
  name: user?.name ?? '',
  email: user?.email ?? '',
});

interface MemberServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly invitations: InvitationRepository;
  readonly guard: MembershipGuard;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly transaction: Transaction;
  readonly clock: Clock;
}

/** Lists, changes and removes the members of an organization. Keeps at least one owner. */
export class MemberService {
  constructor(private readonly deps: MemberServiceDeps) {}

  async list(context: MemberContext, query: ListMembersQuery): Promise<Page<Member>> {
    const { items, pagination } = await this.deps.members.list(query, context);
    const users = await this.deps.users.findAllById(items.map(({ userId }) => userId));
    const byId = new Map(users.map((user) => [user.id, user]));
    return { items: items.map((item) => toMember(item, byId.get(item.userId))), pagination };
  }

  /**
   * Changes the role of a member and deletes the invitations that the new role does not allow. Throws
   * `AUTH_RECENT_SIGN_IN_REQUIRED` for a higher role without a recent sign-in.
   */
  changeRole(
    context: MemberContext,
    caller: Caller,
    userId: string,
    { role }: ChangeMemberBody,
  ): Promise<Member> {
    const { organizations, members, invitations, guard, users, audit, transaction, clock } = this.deps;
    return transaction(async () => {
      const { organization } = await guard.lock(context, 'owner');
      const membership = await this.#get(organization.id, userId);
      const { role: previousRole } = membership;
      if (!isAtLeast(previousRole, role)) assertRecentSignIn(caller, clock.now());
      if (role !== previousRole) {
        await this.#assertNotLastOwner(membership);
        await members.setRole(membership, role);
        const disallowedRoles = memberRoles.filter((invited) => !canInviteAs(role, invited));
        await invitations.removeBy(organization.id, membership.userId, disallowedRoles);
        await organizations.update(organization, { updatedAt: clock.now() });
        await audit.record({
          type: 'organizations.member_role_changed',
          subjectId: membership.userId,
          details: { organizationId: organization.id, role, previousRole },
        });
      }
      return toMember(membership, await users.findById(membership.userId));
    });
  }

  /** Removes a member, or lets the caller leave. Revokes the keys that act for the member and deletes their invitations. */
  async remove(context: MemberContext, userId: string): Promise<void> {
    const { organizations, members, invitations, guard, apiKeys, audit, transaction, clock } = this.deps;
    await transaction(async () => {
      const own = await guard.lock(context, 'member');
      const organizationId = own.organization.id;
      const membership = await this.#get(organizationId, userId);
      const isOwnWish = membership.userId === own.userId;
      if (!isOwnWish && !canRemove(own.role, membership.role)) throw organizationErrors.roleTooLow();
      await this.#assertNotLastOwner(membership);
      await members.remove(organizationId, membership.userId);
      await invitations.removeBy(organizationId, membership.userId, memberRoles);
      await apiKeys.revokeAllFor(organizationId, membership.userId);
      await organizations.update(own.organization, { updatedAt: clock.now() });
      await audit.record({
        type: 'organizations.member_removed',
        subjectId: membership.userId,
        details: { organizationId, isOwnWish },
      });
    });
  }

  async #get(organizationId: string, userId: string): Promise<Membership> {
    const membership = await this.deps.members.find(organizationId, userId);
    if (membership === null) throw organizationErrors.memberNotFound();
    return membership;
  }

  /** Throws if this member is the last owner. Requires a lock on the organization. */
  async #assertNotLastOwner({ organizationId, role }: Membership): Promise<void> {
    if (role === 'owner' && (await this.deps.members.countOwners(organizationId)) === 1) {
      throw organizationErrors.lastOwner();
    }
  }
}
