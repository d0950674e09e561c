import { route, type RouteDefinition } from '../../http/route.ts';
import type { InvitationController } from './invitation.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { insideOrganization } from './organization.scope.ts';
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
  inside: ReturnType<typeof insideOrganization>,
): RouteDefinition[] => [
  route({
    method: 'post',
    path: '/invitations/accept',
    summary: 'Accept an invitation',
    description: 'Needs an account with the invited address, which is verified. A token is good once.',
    access: 'authenticated',
    body: acceptInvitationBody,
    replies: { 200: organizationView },
    errors: [organizationErrors.invitationInvalid, organizationErrors.invitationNotYours],
    handle: controller.accept,
  }),
  inside({
    method: 'get',
    path: '/:id/invitations',
    summary: 'List the open invitations of an organization',
    description: 'For its admins and owners.',
    params: organizationParams,
    query: listInvitationsQuery,
    replies: { 200: invitationPage },
    errors: [notFound, roleTooLow],
    handle: controller.list,
  }),
  inside({
    method: 'post',
    path: '/:id/invitations',
    summary: 'Invite somebody to an organization',
    description:
      'For its admins, and for owners, who alone invite owners. A mail goes to the address, with a link that is good for seven days; an earlier invitation to it is void.',
    requireRecentSignIn: true,
    params: organizationParams,
    body: inviteBody,
    replies: { 201: invitationView },
    errors: [notFound, roleTooLow, alreadyMember, tooManyInvitations],
    handle: controller.invite,
  }),
  inside({
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
