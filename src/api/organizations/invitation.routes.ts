import { route, type RouteDefinition } from '../../http/route.ts';
import type { InvitationController } from './invitation.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { createMemberRoute } from './organization.scope.ts';
import {
  acceptInvitationBody,
  invitationPage,
  invitationParams,
  invitationView,
  inviteBody,
  listInvitationsQuery,
  organizationParams,
  organizationView,
} from './organization.validation.ts';

const { notFound, roleTooLow, alreadyMember, tooManyInvitations } = organizationErrors;

export const invitationRoutes = (
  controller: InvitationController,
  memberRoute: ReturnType<typeof createMemberRoute>,
): RouteDefinition[] => [
  route({
    method: 'post',
    path: '/invitations/accept',
    summary: 'Accept an invitation',
    description:
      'Requires that the invited address is the verified address of your account. A token can be used once.',
    access: 'authenticated',
    body: acceptInvitationBody,
    replies: { 200: organizationView },
    errors: [organizationErrors.invitationInvalid, organizationErrors.invitationNotYours],
    handle: controller.accept,
  }),
  memberRoute({
    method: 'get',
    path: '/:id/invitations',
    summary: 'List the open invitations of an organization',
    description: 'For admins and owners of the organization.',
    params: organizationParams,
    query: listInvitationsQuery,
    replies: { 200: invitationPage },
    errors: [notFound, roleTooLow],
    handle: controller.list,
  }),
  memberRoute({
    method: 'post',
    path: '/:id/invitations',
    summary: 'Invite a user to an organization',
    description:
      'For admins and owners of the organization. Only owners can invite owners. Sends an e-mail with a link that is valid for seven days, and replaces an earlier invitation to the address.',
    requireRecentSignIn: true,
    params: organizationParams,
    body: inviteBody,
    replies: { 201: invitationView },
    errors: [notFound, roleTooLow, alreadyMember, tooManyInvitations],
    handle: controller.invite,
  }),
  memberRoute({
    method: 'delete',
    path: '/:id/invitations/:invitationId',
    summary: 'Withdraw an invitation',
    description: 'For admins and owners of the organization.',
    params: invitationParams,
    replies: { 204: null },
    errors: [notFound, roleTooLow, organizationErrors.invitationNotFound],
    handle: controller.withdraw,
  }),
];
