import { noContent, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { MemberService } from './member.service.ts';
import type { ChangeMemberBody, ListMembersQuery } from './organization.validation.ts';
import { toMemberView } from './organization.view.ts';
import type { MemberContext } from './membership-guard.service.ts';

interface MemberParams {
  readonly userId: string;
}

export class MemberController {
  constructor(private readonly members: MemberService) {}

  list = async ({ context, query }: Input<{ context: MemberContext; query: ListMembersQuery }>) =>
    paged(await this.members.list(context, query), toMemberView);

  changeRole = async ({
    caller,
    context,
    params,
    body,
  }: Input<{ context: MemberContext; params: MemberParams; body: ChangeMemberBody }>) =>
    ok(toMemberView(await this.members.changeRole(context, caller, params.userId, body)));

  remove = async ({ context, params }: Input<{ context: MemberContext; params: MemberParams }>) => {
    await this.members.remove(context, params.userId);
    return noContent();
  };
}
