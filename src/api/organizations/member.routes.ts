import { coreErrors } from '../../core/errors.ts';
import type { RouteDefinition } from '../../http/route.ts';
import type { MemberController } from './member.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { createMemberRoute } from './organization.scope.ts';
import {
  changeMemberBody,
  listMembersQuery,
  memberPage,
  memberParams,
  memberView,
  organizationParams,
} from './organization.validation.ts';

const { notFound, memberNotFound, roleTooLow, lastOwner } = organizationErrors;

export const memberRoutes = (
  controller: MemberController,
  memberRoute: ReturnType<typeof createMemberRoute>,
): RouteDefinition[] => [
  memberRoute({
    method: 'get',
    path: '/:id/members',
    summary: 'List the members of an organization',
    acceptsMachineKeys: true,
    params: organizationParams,
    query: listMembersQuery,
    replies: { 200: memberPage },
    errors: [notFound],
    handle: controller.list,
  }),
  memberRoute({
    method: 'patch',
    path: '/:id/members/:userId',
    summary: 'Change the role of a member',
    description:
      'For owners of the organization. Deletes open invitations of the member that the new role does not allow. A higher role requires a sign-in within the last ten minutes.',
    params: memberParams,
    body: changeMemberBody,
    replies: { 200: memberView },
    errors: [notFound, memberNotFound, roleTooLow, lastOwner, coreErrors.recentSignInRequired],
    handle: controller.changeRole,
  }),
  memberRoute({
    method: 'delete',
    path: '/:id/members/:userId',
    summary: 'Remove a member, or leave an organization',
    description:
      'Owners can remove anyone, admins can remove members, and all can remove themselves. Revokes the keys of the organization that act for the member, and deletes open invitations that the member sent.',
    params: memberParams,
    replies: { 204: null },
    errors: [notFound, memberNotFound, roleTooLow, lastOwner],
    handle: controller.remove,
  }),
];
