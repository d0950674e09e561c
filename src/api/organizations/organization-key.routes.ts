import type { RouteDefinition } from '../../http/route.ts';
import { apiKeyErrors, createApiKeyBody, rotateApiKeyBody } from '../api-keys/index.ts';
import type { OrganizationKeyController } from './organization-key.controller.ts';
import { organizationErrors } from './organization.errors.ts';
import type { insideOrganization } from './organization.scope.ts';
import {
  newOrganizationKeyView,
  organizationKeyParams,
  organizationKeysView,
  organizationParams,
} from './organization.validation.ts';

const { notFound, roleTooLow, keyOfAnother } = organizationErrors;

export const organizationKeyRoutes = (
  controller: OrganizationKeyController,
  inside: ReturnType<typeof insideOrganization>,
): RouteDefinition[] => [
  inside({
    method: 'get',
    path: '/:id/api-keys',
    summary: 'List the API keys of an organization',
    description: 'For its admins and owners. Newest first, expired ones too, and none that was revoked.',
    params: organizationParams,
    replies: { 200: organizationKeysView },
    errors: [notFound, roleTooLow],
    handle: controller.list,
  }),
  inside({
    method: 'post',
    path: '/:id/api-keys',
    summary: 'Make an API key of an organization',
    description:
      'For its admins and owners. The key speaks for whoever makes it, sees no other organization, and ends when they leave. The answer shows it for the only time.',
    requireRecentSignIn: true,
    params: organizationParams,
    body: createApiKeyBody,
    replies: { 201: newOrganizationKeyView },
    errors: [notFound, roleTooLow, apiKeyErrors.scopeNotHeld, apiKeyErrors.tooMany],
    handle: controller.create,
  }),
  inside({
    method: 'post',
    path: '/:id/api-keys/:keyId/rotate',
    summary: 'Give an API key of an organization a new secret',
    description:
      'For whoever the key speaks for, as an admin or owner. The secret that it replaces works on until the overlap ends.',
    requireRecentSignIn: true,
    params: organizationKeyParams,
    body: rotateApiKeyBody,
    replies: { 200: newOrganizationKeyView },
    errors: [notFound, roleTooLow, keyOfAnother, apiKeyErrors.notFound, apiKeyErrors.expired],
    handle: controller.rotate,
  }),
  inside({
    method: 'delete',
    path: '/:id/api-keys/:keyId',
    summary: 'Revoke an API key of an organization',
    description: 'For admins and owners of the organization. At once and for good.',
    params: organizationKeyParams,
    replies: { 204: null },
    errors: [notFound, roleTooLow, apiKeyErrors.notFound],
    handle: controller.revoke,
  }),
];
