import { created, noContent, ok } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { SignInReplies } from '../auth/index.ts';
import type { MfaService } from './mfa.service.ts';
import type { BothFactorsBody, ConfirmTotpBody, StartTotpBody, VerifyMfaBody } from './mfa.validation.ts';

export class MfaController {
  constructor(
    private readonly mfa: MfaService,
    private readonly replies: SignInReplies,
  ) {}

  describe = async ({ caller }: Input) => ok(await this.mfa.describe(caller.userId));

  start = async ({ caller, body }: Input<{ body: StartTotpBody }>) =>
    created(await this.mfa.start(caller, body));

  confirm = async ({ caller, body }: Input<{ body: ConfirmTotpBody }>) =>
    ok({ recoveryCodes: await this.mfa.confirm(caller, body) });

  turnOff = async ({ caller, body }: Input<{ body: BothFactorsBody }>) => {
    await this.mfa.turnOff(caller.userId, body);
    return noContent();
  };

  removeFor = async ({ caller, params }: Input<{ params: { id: string } }>) => {
    await this.mfa.removeFor(caller.userId, params.id);
    return noContent();
  };

  renewRecoveryCodes = async ({ caller, body }: Input<{ body: BothFactorsBody }>) =>
    ok({ recoveryCodes: await this.mfa.renewRecoveryCodes(caller.userId, body) });

  verify = async (input: Input<{ body: VerifyMfaBody; caller: null }>) =>
    this.replies.signedIn(await this.mfa.verify(input.body, this.replies.deviceOf(input)));
}
