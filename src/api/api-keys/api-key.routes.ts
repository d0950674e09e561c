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

// For people alone: no route here takes a key, so that none can make, widen or prolong another.
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
    summary: 'Make an API key',
    description: [
      'The answer shows the key, `strata_<prefix>_<secret>`, for the only time. As a bearer token it speaks for you, with those of its scopes that your roles give you at that moment; made in a session without a second factor, it never does more than such a session.',
      'From an address that is not on its list it is refused with 403 `API_KEYS_ADDRESS_REFUSED`, and beyond a quota with 429 `RATE_LIMITED`; `RateLimit` headers tell how much is left.',
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
      'Holds from the next request on. Larger quotas and more addresses need a sign-in within the last ten minutes. Scopes stay as they are: make another key for others.',
    params: apiKeyParams,
    body: changeApiKeyBody,
    replies: { 200: apiKeyView },
    errors: [apiKeyErrors.notFound, coreErrors.recentSignInRequired],
    handle: controller.change,
  }),
  authenticated({
    method: 'post',
    path: '/:id/rotate',
    summary: 'Give an API key a new secret',
    description:
      'The answer shows the new key for the only time. The secret that it replaces works on until the overlap ends; one that an earlier rotation left working ends at once.',
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
    description: 'At once and for good.',
    params: apiKeyParams,
    replies: { 204: null },
    errors: [apiKeyErrors.notFound],
    handle: controller.revoke,
  }),
];
