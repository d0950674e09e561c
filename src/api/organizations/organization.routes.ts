import { route, type RouteDefinition } from '../../http/route.ts';
import type { OrganizationController } from './organization.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { insideOrganization } from './organization.scope.ts';
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
  inside: ReturnType<typeof insideOrganization>,
): RouteDefinition[] => [
  authenticated({
    method: 'get',
    path: '/',
    summary: 'List your organizations',
    description: 'With the key of an organization, that one alone.',
    acceptsMachineKeys: true,
    query: listOrganizationsQuery,
    replies: { 200: organizationPage },
    handle: controller.list,
  }),
  authenticated({
    method: 'post',
    path: '/',
    summary: 'Make an organization',
    description: 'You become its owner. Nobody owns more than twenty.',
    body: createOrganizationBody,
    replies: { 201: organizationView },
    errors: [organizationErrors.tooMany],
    handle: controller.create,
  }),
  inside({
    method: 'get',
    path: '/:id',
    summary: 'Read an organization',
    acceptsMachineKeys: true,
    params: organizationParams,
    replies: { 200: organizationView },
    errors: [organizationErrors.notFound],
    handle: controller.get,
  }),
  inside({
    method: 'patch',
    path: '/:id',
    summary: 'Rename an organization',
    description: 'For its admins and owners.',
    params: organizationParams,
    body: changeOrganizationBody,
    replies: { 200: organizationView },
    errors: [organizationErrors.notFound, organizationErrors.roleTooLow],
    handle: controller.rename,
  }),
  inside({
    method: 'delete',
    path: '/:id',
    summary: 'Remove an organization',
    description: 'For its owners. Its memberships, invitations and keys end with it.',
    requireRecentSignIn: true,
    params: organizationParams,
    replies: { 204: null },
    errors: [organizationErrors.notFound, organizationErrors.roleTooLow],
    handle: controller.remove,
  }),
];
