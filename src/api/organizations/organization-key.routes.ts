import type { RouteDefinition } from '../../http/route.ts';
import { apiKeyErrors, createApiKeyBody, rotateApiKeyBody } from '../api-keys/index.ts';
import type { OrganizationKeyController } from './organization-key.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { createMemberRoute } from './organization.scope.ts';
import {
  newOrganizationKeyView,
  organizationKeyParams,
  organizationKeysView,
  organizationParams,
} from './organization.validation.ts';

const { notFound, roleTooLow, keyOfAnother } = organizationErrors;

export const organizationKeyRoutes = (
  controller: OrganizationKeyController,
  memberRoute: ReturnType<typeof createMemberRoute>,
): RouteDefinition[] => [
  memberRoute({
    method: 'get',
    path: '/:id/api-keys',
    summary: 'List the API keys of an organization',
    description:
      'For admins and owners of the organization. Newest first. Expired keys are included, revoked keys are not.',
    params: organizationParams,
    replies: { 200: organizationKeysView },
    errors: [notFound, roleTooLow],
    handle: controller.list,
  }),
  memberRoute({
    method: 'post',
    path: '/:id/api-keys',
    summary: 'Create an API key of an organization',
    description:
      'For admins and owners of the organization. The key acts for the caller, has access to no other organization, and is revoked when the caller leaves. Returns the key only once.',
    requireRecentSignIn: true,
    params: organizationParams,
    body: createApiKeyBody,
    replies: { 201: newOrganizationKeyView },
    errors: [notFound, roleTooLow, apiKeyErrors.scopeNotHeld, apiKeyErrors.tooMany],
    handle: controller.create,
  }),
  memberRoute({
    method: 'post',
    path: '/:id/api-keys/:keyId/rotate',
    summary: 'Rotate the secret of an API key of an organization',
    description:
      'For the admin or owner that the key acts for. The replaced secret stays valid until the overlap ends.',
    requireRecentSignIn: true,
    params: organizationKeyParams,
    body: rotateApiKeyBody,
    replies: { 200: newOrganizationKeyView },
    errors: [notFound, roleTooLow, keyOfAnother, apiKeyErrors.notFound, apiKeyErrors.expired],
    handle: controller.rotate,
  }),
  memberRoute({
    method: 'delete',
    path: '/:id/api-keys/:keyId',
    summary: 'Revoke an API key of an organization',
    description: 'For admins and owners of the organization. Takes effect immediately and cannot be undone.',
    params: organizationKeyParams,
    replies: { 204: null },
    errors: [notFound, roleTooLow, apiKeyErrors.notFound],
    handle: controller.revoke,
  }),
];
