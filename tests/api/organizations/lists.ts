import type { Lists } from '../../helpers/lists.ts';
import { buildMember, buildOrganization } from '../../helpers/organizations.ts';
import { buildRow } from '../../helpers/rows.ts';

/** Maps each list route of this module to its fixture. */
export const lists: Lists = {
  'GET /api/v1/organizations': async (test) => {
    const reader = await test.buildUser();
    return { reader, path: '/organizations', add: () => buildOrganization(test, reader) };
  },
  'GET /api/v1/organizations/:id/members': async (test) => {
    const reader = await test.buildUser();
    const organization = await buildOrganization(test, reader);
    return {
      reader,
      path: `/organizations/${organization.id}/members`,
      add: () => buildMember(test, organization, 'member'),
    };
  },
  'GET /api/v1/organizations/:id/invitations': async (test) => {
    const reader = await test.buildUser();
    const { id: organizationId } = await buildOrganization(test, reader);
    const given = { organizationId, role: 'member', expiresAt: new Date('9999-01-01') };
    return {
      reader,
      path: `/organizations/${organizationId}/invitations`,
      add: () => buildRow(test, 'Invitation', given),
    };
  },
};
