import { coreErrors } from '../../core/errors.ts';
import type { Page } from '../../core/pagination.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import type { Caller } from '../../http/route.ts';
import { assertVersion, type ExpectedVersion } from '../../core/version.ts';
import type { Transaction } from '../../db/database.ts';
import type { ApiKeys } from '../api-keys/index.ts';
import type { Audit } from '../audit/index.ts';
import type { Users } from '../users/index.ts';
import type { MembershipRepository } from './membership.repository.ts';
import { organizationErrors } from './organization.errors.ts';
import type { OrganizationRepository } from './organization.repository.ts';
import type {
  ChangeOrganizationBody,
  CreateOrganizationBody,
  ListOrganizationsQuery,
} from './organization.validation.ts';
import type { MemberContext, MembershipGuard } from './membership-guard.service.ts';

interface OrganizationServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly guard: MembershipGuard;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

const maxOwned = 20;

/** Creates, lists, renames and deletes organizations. */
export class OrganizationService {
  constructor(private readonly deps: OrganizationServiceDeps) {}

  list({ userId, organizationId }: Caller, query: ListOrganizationsQuery): Promise<Page<MemberContext>> {
    return this.deps.organizations.list(query, userId, organizationId);
  }

  /** Creates an organization with this owner. Throws `ORGANIZATIONS_TOO_MANY` for more than 20 per owner. */
  create(userId: string, body: CreateOrganizationBody): Promise<MemberContext> {
    const { organizations, members, users, audit, transaction, clock, ids } = this.deps;
    return transaction(async () => {
      if (!(await users.lockActive(userId))) throw coreErrors.unauthenticated();
      if ((await organizations.countOwned(userId)) >= maxOwned) throw organizationErrors.tooMany();
      const now = clock.now();
      const organization = { ...body, id: ids.next(), version: 1, createdAt: now, updatedAt: now };
      const role = 'owner' as const;
      await organizations.insert(organization);
      await members.insert({
        id: ids.next(),
        organizationId: organization.id,
        userId,
        role,
        createdAt: now,
      });
      await audit.record({
        type: 'organizations.created',
        subjectId: userId,
        details: { organizationId: organization.id },
      });
      return { organization, userId, role };
    });
  }

  rename(
    context: MemberContext,
    changes: ChangeOrganizationBody,
    expected: ExpectedVersion,
  ): Promise<MemberContext> {
    const { organizations, guard, audit, transaction, clock } = this.deps;
    return transaction(async () => {
      const own = await guard.lock(context, 'admin');
      assertVersion(own.organization.version, expected);
      const organization = await organizations.update(own.organization, {
        ...changes,
        updatedAt: clock.now(),
      });
      await audit.record({
        type: 'organizations.renamed',
        subjectId: null,
        details: { organizationId: organization.id },
      });
      return { ...own, organization };
    });
  }

  /** Deletes an organization with its memberships, invitations and keys. */
  async remove(context: MemberContext, expected: ExpectedVersion): Promise<void> {
    const { organizations, guard, apiKeys, audit, transaction } = this.deps;
    await transaction(async () => {
      const { organization } = await guard.lock(context, 'owner');
      assertVersion(organization.version, expected);
      await apiKeys.revokeAllFor(organization.id);
      await organizations.remove(organization.id);
      await audit.record({
        type: 'organizations.deleted',
        subjectId: null,
        details: { organizationId: organization.id },
      });
    });
  }
}
