import { coreErrors } from '../../core/errors.ts';
import type { Caller } from '../../http/route.ts';
import type { Users } from '../users/index.ts';
import { organizationErrors } from './organization.errors.ts';
import { isAtLeast, type MemberRole } from './organization.policy.ts';
import type { OrganizationRepository, Standing } from './organization.repository.ts';

export type { Standing };

/** Throws unless the member has at least this role. */
export function assertAtLeast({ role }: Standing, wanted: MemberRole): void {
  if (!isAtLeast(role, wanted)) throw organizationErrors.roleTooLow();
}

interface StandingServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly users: Users;
}

/** What a caller is in an organization: everything else in this module asks for that first. */
export class StandingService {
  constructor(private readonly deps: StandingServiceDeps) {}

  /** Throws `ORGANIZATIONS_NOT_FOUND` for whoever is not a member, and for the key of another organization. */
  async get({ userId, organizationId }: Caller, id: string): Promise<Standing> {
    const isElsewhere = organizationId !== null && organizationId !== id;
    const standing = isElsewhere ? null : await this.deps.organizations.findStanding(id, userId);
    if (standing === null) throw organizationErrors.notFound();
    return standing;
  }

  /**
   * Keeps an organization and who is what in it as they are until the transaction ends; gives the caller's standing
   * as it is by then, or throws when it no longer has this role. Needs an open transaction.
   */
  async lock({ organization, userId }: Standing, wanted: MemberRole): Promise<Standing> {
    const { organizations, users } = this.deps;
    // People first, organizations second, as an erasure does: so neither waits for the other for ever.
    if (!(await users.lockActive(userId))) throw coreErrors.unauthenticated();
    // A statement of its own: one that waits for the lock would go on with what it saw before it waited.
    await organizations.lock(organization.id);
    const held = await organizations.findStanding(organization.id, userId);
    if (held === null) throw organizationErrors.notFound();
    assertAtLeast(held, wanted);
    return held;
  }
}
