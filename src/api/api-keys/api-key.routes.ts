import { coreErrors } from '../../core/errors.ts';
import { route, type RouteDefinition } from '../../http/route.ts';
import type { ApiKeyController } from './api-key.controller.ts';
import { apiKeyErrors } from './api-key.errors.ts';
import {
  apiKeyParams,
  apiKeysView,
  apiKeyView,
  changeApiKeyBody,
  createApiKeyBody,
  newApiKeyView,
  rotateApiKeyBody,
} from './api-key.validation.ts';

// Accepts signed-in users but no API keys, so that no key can create or extend another.
const authenticated = route.with({ access: 'authenticated' });

export const apiKeyRoutes = (controller: ApiKeyController): RouteDefinition[] => [
  authenticated({
    method: 'get',
    path: '/',
    summary: 'List your API keys',
    description:
      'Lists the keys that you created for yourself, newest first. Expired keys are included, revoked keys are not.',
    replies: { 200: apiKeysView },
    handle: controller.list,
  }),
  authenticated({
    method: 'post',
    path: '/',
    summary: 'Create an API key',
    description: [
      'Returns the key, `strata_<prefix>_<secret>`, only once. Send it as a bearer token. It acts for you, with those of its scopes that your roles include at the time of the request. A key created in a session without a second factor can do no more than such a session.',
      'A request from an address that is not allowed fails with 403 `API_KEYS_ADDRESS_REFUSED`, and a request beyond a quota with 429 `RATE_LIMITED`. `RateLimit` headers contain the remaining quota.',
    ].join('\n\n'),
    requireRecentSignIn: true,
    body: createApiKeyBody,
    replies: { 201: newApiKeyView },
    errors: [apiKeyErrors.scopeNotHeld, apiKeyErrors.tooMany],
    handle: controller.create,
  }),
  authenticated({
    method: 'get',
    path: '/:id',
    summary: 'Read an API key',
    params: apiKeyParams,
    replies: { 200: apiKeyView },
    errors: [apiKeyErrors.notFound],
    handle: controller.get,
  }),
  authenticated({
    method: 'patch',
    path: '/:id',
    summary: 'Change an API key',
    description:
      'Takes effect with the next request. Larger quotas and more addresses require a sign-in within the last ten minutes. Scopes cannot be changed: create another key instead.',
    params: apiKeyParams,
    body: changeApiKeyBody,
    replies: { 200: apiKeyView },
    errors: [apiKeyErrors.notFound, coreErrors.recentSignInRequired],
    handle: controller.change,
  }),
  authenticated({
    method: 'post',
    path: '/:id/rotate',
    summary: 'Rotate the secret of an API key',
    description:
      'Returns the new key only once. The replaced secret stays valid until the overlap ends. A secret that an earlier rotation left valid is revoked immediately.',
    requireRecentSignIn: true,
    params: apiKeyParams,
    body: rotateApiKeyBody,
    replies: { 200: newApiKeyView },
    errors: [apiKeyErrors.notFound, apiKeyErrors.expired],
    handle: controller.rotate,
  }),
  authenticated({
    method: 'delete',
    path: '/:id',
    summary: 'Revoke an API key',
    description: 'Takes effect immediately and cannot be undone.',
    params: apiKeyParams,
    replies: { 204: null },
    errors: [apiKeyErrors.notFound],
    handle: controller.revoke,
  }),
];
