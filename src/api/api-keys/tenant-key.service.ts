import type { Caller } from '../../http/route.ts';
import type { ApiKeys, IssuedApiKey } from './api-key.api.ts';
import type { ApiKey } from './api-key.model.ts';
import type { ApiKeyService } from './api-key.service.ts';
import type { CreateApiKeyBody, RotateApiKeyBody } from './api-key.validation.ts';

/** Lets other modules manage the API keys of their tenants. They check the user's role in the tenant. */
export class TenantKeyService implements ApiKeys {
  constructor(private readonly apiKeys: ApiKeyService) {}

  createFor(organizationId: string, caller: Caller, body: CreateApiKeyBody): Promise<IssuedApiKey> {
    return this.apiKeys.create(caller, body, organizationId);
  }

  listFor(organizationId: string): Promise<ApiKey[]> {
    return this.apiKeys.list({ organizationId });
  }

  rotateFor(organizationId: string, id: string, body: RotateApiKeyBody): Promise<IssuedApiKey> {
    return this.apiKeys.rotate(id, { organizationId }, body);
  }

  revokeFor(organizationId: string, id: string): Promise<void> {
    return this.apiKeys.revoke(id, { organizationId }, 'any');
  }

  revokeAllFor(organizationId: string, userId?: string): Promise<void> {
    return this.apiKeys.revokeAllFor(organizationId, userId);
  }
}
