import { created, noContent, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { InvitationService } from './invitation.service.ts';
import type { AcceptInvitationBody, InviteBody, ListInvitationsQuery } from './organization.validation.ts';
import { toInvitationView, toOrganizationView } from './organization.view.ts';
import type { MemberContext } from './membership-guard.service.ts';

interface InvitationParams {
  readonly invitationId: string;
}

export class InvitationController {
  constructor(private readonly invitations: InvitationService) {}

  list = async ({ context, query }: Input<{ context: MemberContext; query: ListInvitationsQuery }>) =>
    paged(await this.invitations.list(context, query), toInvitationView);

  invite = async ({ context, body }: Input<{ context: MemberContext; body: InviteBody }>) =>
    created(toInvitationView(await this.invitations.invite(context, body)));

  withdraw = async ({ context, params }: Input<{ context: MemberContext; params: InvitationParams }>) => {
    await this.invitations.withdraw(context, params.invitationId);
    return noContent();
  };

  accept = async ({ caller, body }: Input<{ body: AcceptInvitationBody }>) =>
    ok(toOrganizationView(await this.invitations.accept(caller.userId, body.token)));
}
