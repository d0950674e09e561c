import { coreErrors } from '../../core/errors.ts';
import type { RouteDefinition } from '../../http/route.ts';
import type { MemberController } from './member.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { insideOrganization } from './organization.scope.ts';
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
  inside: ReturnType<typeof insideOrganization>,
): RouteDefinition[] => [
  inside({
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
  inside({
    method: 'patch',
    path: '/:id/members/:userId',
    summary: 'Give a member another role',
    description:
      'For owners. Open invitations that the member sent, and could no longer send by then, become void. A higher role needs a sign-in within the last ten minutes.',
    params: memberParams,
    body: changeMemberBody,
    replies: { 200: memberView },
    errors: [notFound, memberNotFound, roleTooLow, lastOwner, coreErrors.recentSignInRequired],
    handle: controller.changeRole,
  }),
  inside({
    method: 'delete',
    path: '/:id/members/:userId',
    summary: 'Remove a member from an organization, or leave it',
    description:
      'Admins remove members, owners anyone, and everyone themselves. Keys of the organization that speak for the member end, and so do open invitations that the member sent.',
    params: memberParams,
    replies: { 204: null },
    errors: [notFound, memberNotFound, roleTooLow, lastOwner],
    handle: controller.remove,
  }),
];
