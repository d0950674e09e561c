import type { Caller } from '../../http/route.ts';
import type { Transaction } from '../../db/database.ts';
import type { ApiKey, ApiKeys, CreateApiKeyBody, RotateApiKeyBody } from '../api-keys/index.ts';
import { organizationErrors } from './organization.errors.ts';
import { assertAtLeast, type Standing, type StandingService } from './standing.service.ts';

interface OrganizationKeyServiceDeps {
  readonly standings: StandingService;
  readonly apiKeys: ApiKeys;
  readonly transaction: Transaction;
}

type IssuedApiKey = Awaited<ReturnType<ApiKeys['createFor']>>;

/** The keys of an organization, in the hands of its admins. */
export class OrganizationKeyService {
  constructor(private readonly deps: OrganizationKeyServiceDeps) {}

  async list(standing: Standing): Promise<ApiKey[]> {
    assertAtLeast(standing, 'admin');
    return this.deps.apiKeys.listFor(standing.organization.id);
  }

  create(standing: Standing, caller: Caller, body: CreateApiKeyBody): Promise<IssuedApiKey> {
    const { standings, apiKeys, transaction } = this.deps;
    return transaction(async () => {
      const { organization } = await standings.lock(standing, 'admin');
      return apiKeys.createFor(organization.id, caller, body);
    });
  }

  /** Only for whoever the key speaks for: its secret would let anyone else act in their name. */
  rotate(standing: Standing, id: string, body: RotateApiKeyBody): Promise<IssuedApiKey> {
    const { standings, apiKeys, transaction } = this.deps;
    return transaction(async () => {
      const { organization, userId } = await standings.lock(standing, 'admin');
      const keys = await apiKeys.listFor(organization.id);
      const key = keys.find((candidate) => candidate.id === id);
      if (key !== undefined && key.userId !== userId) throw organizationErrors.keyOfAnother();
      return apiKeys.rotateFor(organization.id, id, body);
    });
  }

  async revoke(standing: Standing, id: string): Promise<void> {
    const { standings, apiKeys, transaction } = this.deps;
    await transaction(async () => {
      const { organization } = await standings.lock(standing, 'admin');
      await apiKeys.revokeFor(organization.id, id);
    });
  }
}
