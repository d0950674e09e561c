import { defineModule } from '../../module.ts';
import type { Caller } from '../../http/route.ts';
import { mapEach } from '../../utils/map-each.ts';
import { auditModule } from '../audit/index.ts';
import { usersModule } from '../users/index.ts';
import { ApiKeyUsage } from './api-key-usage.model.ts';
import { accountHooks } from './account-hooks.ts';
import { ApiKeyController } from './api-key.controller.ts';
import { ApiKey } from './api-key.model.ts';
import { ApiKeyRepository } from './api-key.repository.ts';
import { apiKeyRoutes } from './api-key.routes.ts';
import { ApiKeyService, type IssuedApiKey } from './api-key.service.ts';
import type { CreateApiKeyBody, RotateApiKeyBody } from './api-key.validation.ts';
import { toApiKeyView } from './api-key.view.ts';
import { KeyAuthenticator } from './key-authenticator.ts';
import { CreateApiKeys1763732000000 } from './migrations/1763732000000-create-api-keys.ts';
import { UsageRepository } from './usage.repository.ts';

// API keys for machines: each acts for one user, limited to its scopes and allowed addresses.
// Guarantees: a key never does more than its user may at the time of the request; only the hash of its secret is stored.

export type { ApiKey } from './api-key.model.ts';
export type { CreateApiKeyBody, RotateApiKeyBody } from './api-key.validation.ts';
export { apiKeyErrors } from './api-key.errors.ts';
export { apiKeyView, createApiKeyBody, newApiKeyView, rotateApiKeyBody } from './api-key.validation.ts';
export { toApiKeyView, toNewApiKeyView } from './api-key.view.ts';

/** Interface of the API keys module for other modules. */
export interface ApiKeys {
  /** Creates a key that belongs to a tenant and acts for the caller. Throws the errors of `POST /api-keys`. */
  createFor(organizationId: string, caller: Caller, body: CreateApiKeyBody): Promise<IssuedApiKey>;
  /** Returns the keys of a tenant that are not revoked, newest first. */
  listFor(organizationId: string): Promise<ApiKey[]>;
  /** Rotates the secret of a key. Throws `API_KEYS_NOT_FOUND` or `API_KEYS_EXPIRED`. */
  rotateFor(organizationId: string, id: string, body: RotateApiKeyBody): Promise<IssuedApiKey>;
  /** Revokes a key. Throws `API_KEYS_NOT_FOUND`. */
  revokeFor(organizationId: string, id: string): Promise<void>;
  /** Revokes the keys of a tenant that act for this user, or all of its keys, in the open transaction. */
  revokeAllFor(organizationId: string, userId?: string): Promise<void>;
}

export const apiKeysModule = defineModule({
  name: 'api-keys',
  path: '/api-keys',
  entities: [ApiKey, ApiKeyUsage],
  migrations: [CreateApiKeys1763732000000],
  create: ({ db, clock, ids, attempts, use }) => {
    const users = use(usersModule);
    const audit = use(auditModule);
    const { transaction } = db;
    const apiKeys = new ApiKeyRepository(db);
    const usage = new UsageRepository(db);
    const service = new ApiKeyService({ apiKeys, users, audit, transaction, clock, ids });
    const api: ApiKeys = {
      createFor: (organizationId, caller, body) => service.create(caller, body, organizationId),
      listFor: (organizationId) => service.list({ organizationId }),
      rotateFor: (organizationId, id, body) => service.rotate(id, { organizationId }, body),
      revokeFor: (organizationId, id) => service.revoke(id, { organizationId }, 'any'),
      revokeAllFor: (organizationId, userId) => service.revokeAllFor(organizationId, userId),
    };
    return {
      api,
      routes: apiKeyRoutes(new ApiKeyController(service)),
      authenticator: new KeyAuthenticator({ apiKeys, usage, users, audit, attempts, transaction }),
      personalData: {
        exportFor: async (userId) => mapEach(apiKeys.readAllOf(userId), toApiKeyView),
        eraseFor: (userId) => apiKeys.deleteAllOf(userId),
      },
      ...accountHooks(service),
      purge: async (limit) => {
        const removed = await apiKeys.purge(limit);
        return removed + (await usage.purge(limit - removed));
      },
    };
  },
});
