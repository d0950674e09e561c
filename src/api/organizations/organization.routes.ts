import { route, type RouteDefinition } from '../../http/route.ts';
import type { OrganizationController } from './organization.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { createMemberRoute } from './organization.scope.ts';
import {
  changeOrganizationBody,
  createOrganizationBody,
  listOrganizationsQuery,
  organizationPage,
  organizationParams,
  organizationView,
} from './organization.validation.ts';

const authenticated = route.with({ access: 'authenticated' });

export const organizationRoutes = (
  controller: OrganizationController,
  memberRoute: ReturnType<typeof createMemberRoute>,
): RouteDefinition[] => [
  authenticated({
    method: 'get',
    path: '/',
    summary: 'List your organizations',
    description: 'With an API key of an organization, returns only that organization.',
    acceptsMachineKeys: true,
    query: listOrganizationsQuery,
    replies: { 200: organizationPage },
    handle: controller.list,
  }),
  authenticated({
    method: 'post',
    path: '/',
    summary: 'Create an organization',
    description: 'You become its owner. You can own up to 20 organizations.',
    body: createOrganizationBody,
    replies: { 201: organizationView },
    errors: [organizationErrors.tooMany],
    handle: controller.create,
  }),
  memberRoute({
    method: 'get',
    path: '/:id',
    summary: 'Read an organization',
    acceptsMachineKeys: true,
    params: organizationParams,
    replies: { 200: organizationView },
    errors: [organizationErrors.notFound],
    handle: controller.get,
  }),
  memberRoute({
    method: 'patch',
    path: '/:id',
    summary: 'Rename an organization',
    description: 'For admins and owners of the organization.',
    params: organizationParams,
    body: changeOrganizationBody,
    replies: { 200: organizationView },
    errors: [organizationErrors.notFound, organizationErrors.roleTooLow],
    handle: controller.rename,
  }),
  memberRoute({
    method: 'delete',
    path: '/:id',
    summary: 'Delete an organization',
    description:
      'For owners of the organization. Also deletes its memberships and invitations and revokes its keys.',
    requireRecentSignIn: true,
    params: organizationParams,
    replies: { 204: null },
    errors: [organizationErrors.notFound, organizationErrors.roleTooLow],
    handle: controller.remove,
  }),
];
