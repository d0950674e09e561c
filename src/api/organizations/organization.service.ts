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
import type { Standing, StandingService } from './standing.service.ts';

interface OrganizationServiceDeps {
  readonly organizations: OrganizationRepository;
  readonly members: MembershipRepository;
  readonly standings: StandingService;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
  readonly audit: Audit;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

const ownedMax = 20;

/** Organizations: made by anyone, named by their admins, ended by their owners. */
export class OrganizationService {
  constructor(private readonly deps: OrganizationServiceDeps) {}

  list({ userId, organizationId }: Caller, query: ListOrganizationsQuery): Promise<Page<Standing>> {
    return this.deps.organizations.list(query, userId, organizationId);
  }

  /** Makes an organization with this owner, up to 20 for each. */
  create(userId: string, body: CreateOrganizationBody): Promise<Standing> {
    const { organizations, members, users, audit, transaction, clock, ids } = this.deps;
    return transaction(async () => {
      if (!(await users.lockActive(userId))) throw coreErrors.unauthenticated();
      if ((await organizations.countSolelyOwned(userId)) >= ownedMax) throw organizationErrors.tooMany();
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

  rename(standing: Standing, changes: ChangeOrganizationBody, expected: ExpectedVersion): Promise<Standing> {
    const { organizations, standings, audit, transaction, clock } = this.deps;
    return transaction(async () => {
      const own = await standings.lock(standing, 'admin');
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

  /** Removes an organization with its members, its invitations and its keys. */
  async remove(standing: Standing, expected: ExpectedVersion): Promise<void> {
    const { organizations, standings, apiKeys, audit, transaction } = this.deps;
    await transaction(async () => {
      const { organization } = await standings.lock(standing, 'owner');
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
