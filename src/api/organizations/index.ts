import { defineModule } from '../../module.ts';
import { apiKeysModule } from '../api-keys/index.ts';
import { auditModule } from '../audit/index.ts';
import { mailModule } from '../mail/index.ts';
import { demoUsers, usersModule } from '../users/index.ts';
import { accountHooks } from './account-hooks.ts';
import { OffboardingService } from './offboarding.service.ts';
import { InvitationController } from './invitation.controller.ts';
import { Invitation } from './invitation.model.ts';
import { InvitationRepository } from './invitation.repository.ts';
import { invitationRoutes } from './invitation.routes.ts';
import { InvitationService } from './invitation.service.ts';
import { MemberController } from './member.controller.ts';
import { memberRoutes } from './member.routes.ts';
import { MemberService } from './member.service.ts';
import { Membership } from './membership.model.ts';
import { MembershipRepository } from './membership.repository.ts';
import { CreateOrganizations1763733000000 } from './migrations/1763733000000-create-organizations.ts';
import { CanonicalizeInvitations1763750200000 } from './migrations/1763750200000-canonicalize-invitations.ts';
import { OrganizationKeyController } from './organization-key.controller.ts';
import { organizationKeyRoutes } from './organization-key.routes.ts';
import { OrganizationKeyService } from './organization-key.service.ts';
import { OrganizationController } from './organization.controller.ts';
import { Organization } from './organization.model.ts';
import { OrganizationRepository } from './organization.repository.ts';
import { organizationRoutes } from './organization.routes.ts';
import { createMemberRoute } from './organization.scope.ts';
import { seedOrganizations } from './organization.seed.ts';
import { OrganizationService } from './organization.service.ts';
import { PersonalDataService } from './personal-data.service.ts';
import { MembershipGuard } from './membership-guard.service.ts';

// Organizations (tenants) with owners, admins and members, invitations by mail, and API keys.
// Guarantees: only members can read an organization, and each organization always has an owner.

export const organizationsModule = defineModule({
  name: 'organizations',
  path: '/organizations',
  entities: [Organization, Membership, Invitation],
  migrations: [CreateOrganizations1763733000000, CanonicalizeInvitations1763750200000],
  create: ({ db, clock, ids, attempts, use }) => {
    const [users, apiKeys] = [use(usersModule), use(apiKeysModule)];
    const [mails, audit] = [use(mailModule), use(auditModule)];
    const { transaction } = db;
    const organizations = new OrganizationRepository(db);
    const members = new MembershipRepository(db);
    const invitations = new InvitationRepository(db);
    const guard = new MembershipGuard({ organizations, users });
    const shared = {
      organizations,
      members,
      invitations,
      guard,
      users,
      apiKeys,
      audit,
      transaction,
      clock,
      ids,
    };
    const offboarding = new OffboardingService(shared);
    const service = new OrganizationService(shared);
    const memberRoute = createMemberRoute((caller, id) => guard.get(caller, id));
    return {
      api: {},
      routes: [
        ...organizationRoutes(new OrganizationController(service), memberRoute),
        ...memberRoutes(new MemberController(new MemberService(shared)), memberRoute),
        ...invitationRoutes(
          new InvitationController(new InvitationService({ ...shared, mails, attempts })),
          memberRoute,
        ),
        ...organizationKeyRoutes(
          new OrganizationKeyController(new OrganizationKeyService(shared)),
          memberRoute,
        ),
      ],
      personalData: new PersonalDataService({ ...shared, offboarding }),
      ...accountHooks({ offboarding, members }),
      seed: async () => {
        const people = await Promise.all(demoUsers.map(({ email }) => users.findByEmail(email)));
        const userIds = people.flatMap((user) => (user === null ? [] : [user.id]));
        return seedOrganizations({ ...shared, service, userIds });
      },
      purge: (limit) => invitations.purge(limit),
    };
  },
});
