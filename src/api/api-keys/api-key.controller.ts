import { apiRoot } from '../../http/envelope.ts';
import { created, noContent, ok } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { ApiKeyService } from './api-key.service.ts';
import type { ChangeApiKeyBody, CreateApiKeyBody, RotateApiKeyBody } from './api-key.validation.ts';
import { toApiKeyView, toNewApiKeyView } from './api-key.view.ts';

interface ById {
  readonly id: string;
}

export class ApiKeyController {
  constructor(private readonly apiKeys: ApiKeyService) {}

  list = async ({ caller: { userId } }: Input) => ok((await this.apiKeys.list({ userId })).map(toApiKeyView));

  create = async ({ caller, body }: Input<{ body: CreateApiKeyBody }>) => {
    const issued = await this.apiKeys.create(caller, body);
    return created(toNewApiKeyView(issued), { location: `${apiRoot}/api-keys/${issued.apiKey.id}` });
  };

  get = async ({ caller: { userId }, params }: Input<{ params: ById }>) =>
    ok(toApiKeyView(await this.apiKeys.get(params.id, { userId })));

  change = async ({
    caller,
    params,
    body,
    expectedVersion,
  }: Input<{ params: ById; body: ChangeApiKeyBody }>) =>
    ok(toApiKeyView(await this.apiKeys.change(params.id, caller, body, expectedVersion)));

  rotate = async ({ caller: { userId }, params, body }: Input<{ params: ById; body: RotateApiKeyBody }>) =>
    ok(toNewApiKeyView(await this.apiKeys.rotate(params.id, { userId }, body)));

  revoke = async ({ caller: { userId }, params, expectedVersion }: Input<{ params: ById }>) => {
    await this.apiKeys.revoke(params.id, { userId }, expectedVersion);
    return noContent();
  };
}
