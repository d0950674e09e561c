import { created, noContent, ok } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { CreateApiKeyBody, RotateApiKeyBody } from '../api-keys/index.ts';
import type { OrganizationKeyService } from './organization-key.service.ts';
import { toNewOrganizationKeyView, toOrganizationKeyView } from './organization.view.ts';
import type { MemberContext } from './membership-guard.service.ts';

interface KeyParams {
  readonly keyId: string;
}

export class OrganizationKeyController {
  constructor(private readonly keys: OrganizationKeyService) {}

  list = async ({ context }: Input<{ context: MemberContext }>) =>
    ok((await this.keys.list(context)).map(toOrganizationKeyView));

  create = async ({ context, caller, body }: Input<{ context: MemberContext; body: CreateApiKeyBody }>) =>
    created(toNewOrganizationKeyView(await this.keys.create(context, caller, body)));

  rotate = async ({
    context,
    params,
    body,
  }: Input<{ context: MemberContext; params: KeyParams; body: RotateApiKeyBody }>) =>
    ok(toNewOrganizationKeyView(await this.keys.rotate(context, params.keyId, body)));

  revoke = async ({ context, params }: Input<{ context: MemberContext; params: KeyParams }>) => {
    await this.keys.revoke(context, params.keyId);
    return noContent();
  };
}
