import { accepted, noContent } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type {
  ChangeEmailBody,
  ChangePasswordBody,
  ForgotPasswordBody,
  ResetPasswordBody,
  TokenBody,
} from './auth.validation.ts';
import type { EmailService } from './email.service.ts';
import type { PasswordService } from './password.service.ts';
import type { SignInReplies } from './sign-in-replies.ts';

type PublicInput<Body> = Input<{ body: Body; caller: null }>;

/** Handles the routes for the password and the e-mail address of an account. */
export class AccountController {
  constructor(
    private readonly passwords: PasswordService,
    private readonly emails: EmailService,
    private readonly replies: SignInReplies,
  ) {}

  forgotPassword = async ({ body }: PublicInput<ForgotPasswordBody>) => {
    await this.passwords.requestReset(body.email);
    return accepted(null);
  };

  resetPassword = async ({ body }: PublicInput<ResetPasswordBody>) => {
    await this.passwords.reset(body);
    return noContent();
  };

  changePassword = async (input: Input<{ body: ChangePasswordBody }>) => {
    const { caller, body } = input;
    const device = this.replies.deviceOf(input);
    return this.replies.signedIn(await this.passwords.change(caller.userId, body, device, caller));
  };

  verifyEmail = async ({ body }: PublicInput<TokenBody>) => {
    await this.emails.verify(body.token);
    return noContent();
  };

  resendVerification = async ({ caller }: Input) => {
    await this.emails.resend(caller.userId);
    return accepted(null);
  };

  changeEmail = async ({ caller, body }: Input<{ body: ChangeEmailBody }>) => {
    await this.emails.requestChange(caller, body);
    return accepted(null);
  };

  confirmEmailChange = async ({ body }: PublicInput<TokenBody>) => {
    await this.emails.confirmChange(body.token);
    return noContent();
  };
}
