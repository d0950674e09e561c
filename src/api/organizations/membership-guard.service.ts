import { coreErrors } from '../../core/errors.ts';
import type { Caller } from '../../http/route.ts';
import type { Users } from '../users/index.ts';
import { organizationErrors } from './organization.errors.ts';
import { isAtLeast, type MemberRole } from './organization.policy.ts';
import type { OrganizationRepository, MemberContext } from './organization.repository.ts';

export type { MemberContext };

/** Throws `ORGANIZATIONS_ROLE_TOO_LOW` unless the member has at least this role. */
export function assertAtLeast({ role }: MemberContext, wanted: MemberRole): void {
  if (!isAtLeast(role, wanted)) throw organizationErrors.roleTooLow();
}

interface MembershipGuardDeps {
  readonly organizations: OrganizationRepository;
  readonly users: Users;
}

/** Checks the caller's membership and role in an organization. Every other service relies on it. */
export class MembershipGuard {
  constructor(private readonly deps: MembershipGuardDeps) {}

  /**
   * Returns the caller's membership. Throws `ORGANIZATIONS_NOT_FOUND` if the caller is not a member or uses a key of
   * another organization.
   */
  async get({ userId, organizationId }: Caller, id: string): Promise<MemberContext> {
    const isKeyOfAnother = organizationId !== null && organizationId !== id;
    const context = isKeyOfAnother ? null : await this.deps.organizations.findMemberContext(id, userId);
    if (context === null) throw organizationErrors.notFound();
    return context;
  }

  /**
   * Locks an organization and its memberships until the transaction ends. Returns the caller's current membership.
   * Throws if the caller no longer has this role. Requires an open transaction.
   */
  async lock({ organization, userId }: MemberContext, wanted: MemberRole): Promise<MemberContext> {
    const { organizations, users } = this.deps;
    // Lock the user before the organization, in the same order as an erasure, to avoid a deadlock.
    if (!(await users.lockActive(userId))) throw coreErrors.unauthenticated();
    // Run the lock as a separate statement. A single statement that waits for the lock and then reads would read from
    // its snapshot from before the wait.
    await organizations.lock(organization.id);
    const current = await organizations.findMemberContext(organization.id, userId);
    if (current === null) throw organizationErrors.notFound();
    assertAtLeast(current, wanted);
    return current;
  }
}
