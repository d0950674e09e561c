import { AppError } from '../../core/errors.ts';
import { created, noContent, ok } from '../../http/reply.ts';
import type { Caller, Input } from '../../http/route.ts';
import { authErrors } from './auth.errors.ts';
import type { AuthService } from './auth.service.ts';
import type { LoginBody, RegisterBody } from './auth.validation.ts';
import { toRefreshedView, toSessionView, toSignedInView } from './auth.view.ts';
import type { SessionService } from './session.service.ts';
import type { SignInReplies } from './sign-in-replies.ts';

/** Handles the routes for sign-in, refresh, sign-out and sessions. */
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly replies: SignInReplies,
  ) {}

  register = async (input: Input<{ body: RegisterBody; caller: null }>) => {
    const signedIn = await this.auth.register(input.body, this.replies.deviceOf(input));
    const view = toSignedInView(signedIn, this.replies.expiresIn);
    return created(view, { cookies: this.replies.cookiesOf(signedIn) });
  };

  login = async (input: Input<{ body: LoginBody; caller: null }>) =>
    this.replies.admission(await this.auth.login(input.body, this.replies.deviceOf(input)));

  refresh = async ({ cookies }: Input<{ caller: null }>) => {
    try {
      const { accessToken, refreshToken } = await this.sessions.refresh(
        this.replies.refreshTokenIn(cookies) ?? '',
      );
      const view = toRefreshedView(accessToken, this.replies.expiresIn);
      return ok(view, { cookies: [this.replies.refreshCookie(refreshToken)] });
    } catch (error) {
      // Clear the cookie only if the token is invalid. After a 503, the same token is still valid.
      if (!(error instanceof AppError) || error.kind !== 'unauthenticated') throw error;
      const cookies = [this.replies.refreshCookie(null)];
      throw authErrors.invalidRefreshToken([], { cookies, cause: error });
    }
  };

  logout = async ({ cookies, caller }: Input<{ caller: Caller | null }>) => {
    const token = this.replies.refreshTokenIn(cookies);
    if (token !== undefined) await this.sessions.endByToken(token);
    if (caller !== null) await this.sessions.end(caller);
    return noContent({ cookies: [this.replies.refreshCookie(null)] });
  };

  logoutAll = async ({ caller }: Input) => {
    await this.sessions.endAll(caller.userId);
    return noContent({ cookies: [this.replies.refreshCookie(null)] });
  };

  listSessions = async ({ caller }: Input) => {
    const sessions = await this.sessions.list(caller.userId);
    return ok(sessions.map((session) => toSessionView(session, caller.sessionId)));
  };

  endSession = async ({ params, caller }: Input<{ params: { id: string } }>) => {
    await this.sessions.endOwn(caller.userId, params.id);
    return noContent();
  };

  endOtherSessions = async ({ caller }: Input) => {
    await this.sessions.endOthers(caller.userId, caller.sessionId);
    return noContent();
  };
}
