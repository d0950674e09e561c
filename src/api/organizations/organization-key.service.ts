import type { Caller } from '../../http/route.ts';
import type { Transaction } from '../../db/database.ts';
import type { ApiKey, ApiKeys, CreateApiKeyBody, IssuedApiKey, RotateApiKeyBody } from '../api-keys/index.ts';
import { organizationErrors } from './organization.errors.ts';
import { assertAtLeast, type MemberContext, type MembershipGuard } from './membership-guard.service.ts';

interface OrganizationKeyServiceDeps {
  readonly guard: MembershipGuard;
  readonly apiKeys: ApiKeys;
  readonly transaction: Transaction;
}

/** Manages the API keys of an organization. Requires the role admin. */
export class OrganizationKeyService {
  constructor(private readonly deps: OrganizationKeyServiceDeps) {}

  async list(context: MemberContext): Promise<ApiKey[]> {
    assertAtLeast(context, 'admin');
    return this.deps.apiKeys.listFor(context.organization.id);
  }

  create(context: MemberContext, caller: Caller, body: CreateApiKeyBody): Promise<IssuedApiKey> {
    const { guard, apiKeys, transaction } = this.deps;
    return transaction(async () => {
      const { organization } = await guard.lock(context, 'admin');
      return apiKeys.createFor(organization.id, caller, body);
    });
  }

  /**
   * Rotates the secret of a key. Throws `ORGANIZATIONS_KEY_OF_ANOTHER` unless the key acts for the caller, because the
   * secret allows acting in that user's name.
   */
  rotate(context: MemberContext, id: string, body: RotateApiKeyBody): Promise<IssuedApiKey> {
    const { guard, apiKeys, transaction } = this.deps;
    return transaction(async () => {
      const { organization, userId } = await guard.lock(context, 'admin');
      const keys = await apiKeys.listFor(organization.id);
      const key = keys.find((candidate) => candidate.id === id);
      if (key !== undefined && key.userId !== userId) throw organizationErrors.keyOfAnother();
      return apiKeys.rotateFor(organization.id, id, body);
    });
  }

  async revoke(context: MemberContext, id: string): Promise<void> {
    const { guard, apiKeys, transaction } = this.deps;
    await transaction(async () => {
      const { organization } = await guard.lock(context, 'admin');
      await apiKeys.revokeFor(organization.id, id);
    });
  }
}
