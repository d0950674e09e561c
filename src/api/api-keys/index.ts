import { defineModule } from '../../module.ts';
import { mapEach } from '../../utils/map-each.ts';
import { auditModule } from '../audit/index.ts';
import { usersModule } from '../users/index.ts';
import { ApiKeyUsage } from './api-key-usage.model.ts';
import { accountHooks } from './account-hooks.ts';
import type { ApiKeys } from './api-key.api.ts';
import { ApiKeyController } from './api-key.controller.ts';
import { ApiKey } from './api-key.model.ts';
import { ApiKeyRepository } from './api-key.repository.ts';
import { apiKeyRoutes } from './api-key.routes.ts';
import { ApiKeyService } from './api-key.service.ts';
import { toApiKeyView } from './api-key.view.ts';
import { KeyAuthenticator } from './key-authenticator.ts';
import { CreateApiKeys1763732000000 } from './migrations/1763732000000-create-api-keys.ts';
import { TenantKeyService } from './tenant-key.service.ts';
import { UsageRepository } from './usage.repository.ts';

// API keys for machines. Each key acts for one user, limited to its scopes and allowed addresses.
// Guarantees: a key never does more than its user may do at the time of the request, and only the hash of its secret is
// stored.

export type { ApiKeys, IssuedApiKey } from './api-key.api.ts';
export type { ApiKey } from './api-key.model.ts';
export type { CreateApiKeyBody, RotateApiKeyBody } from './api-key.validation.ts';
export { apiKeyErrors } from './api-key.errors.ts';
export { apiKeyView, createApiKeyBody, newApiKeyView, rotateApiKeyBody } from './api-key.validation.ts';
export { toApiKeyView, toNewApiKeyView } from './api-key.view.ts';

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
    const api: ApiKeys = new TenantKeyService(service);
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
