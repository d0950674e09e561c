import { AppError } from '../../core/errors.ts';
import { created, noContent, ok, type Cookie } from '../../core/reply.ts';
import type { Caller, Input } from '../../core/route.ts';
import { serializeCookie } from '../../utils/cookies.ts';
import { authErrors } from './auth.errors.ts';
import type { AuthService } from './auth.service.ts';
import type { LoginBody, RegisterBody } from './auth.validation.ts';
import { toRefreshedView, toSessionView, toSignedInView } from './auth.view.ts';
import { idleSeconds, type SessionService } from './session.service.ts';

interface AuthControllerSettings {
  readonly cookieName: string;
  readonly isCookieSecure: boolean;
  readonly accessTokenTtlSeconds: number;
}

export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionService,
    private readonly settings: AuthControllerSettings,
  ) {}

  register = async ({ body, ip, userAgent }: Input<{ body: RegisterBody; caller: null }>) => {
    const signedIn = await this.auth.register(body, { ip, userAgent });
    const view = toSignedInView(signedIn, this.settings.accessTokenTtlSeconds);
    return created(view, { cookies: [this.#cookie(signedIn.refreshToken)] });
  };

  login = async ({ body, ip, userAgent }: Input<{ body: LoginBody; caller: null }>) => {
    const signedIn = await this.auth.login(body, { ip, userAgent });
    const view = toSignedInView(signedIn, this.settings.accessTokenTtlSeconds);
    return ok(view, { cookies: [this.#cookie(signedIn.refreshToken)] });
  };

  refresh = async ({ cookies }: Input<{ caller: null }>) => {
    try {
      const { accessToken, refreshToken } = await this.sessions.refresh(
        cookies[this.settings.cookieName] ?? '',
      );
      const view = toRefreshedView(accessToken, this.settings.accessTokenTtlSeconds);
      return ok(view, { cookies: [this.#cookie(refreshToken)] });
    } catch (error) {
      // Only a definite no takes the cookie away; after a 503 the same token is still good.
      if (!(error instanceof AppError) || error.kind !== 'unauthenticated') throw error;
      const headers = { 'Set-Cookie': serializeCookie(this.#cookie(null)) };
      throw authErrors.invalidRefreshToken([], { headers, cause: error });
    }
  };

  logout = async ({ cookies, caller }: Input<{ caller: Caller | null }>) => {
    const token = cookies[this.settings.cookieName];
    if (token !== undefined) await this.sessions.endByToken(token);
    if (caller !== null) await this.sessions.end(caller.sessionId);
    return noContent({ cookies: [this.#cookie(null)] });
  };

  logoutAll = async ({ caller }: Input) => {
    await this.sessions.endAll(caller.userId);
    return noContent({ cookies: [this.#cookie(null)] });
  };

  listSessions = async ({ caller }: Input) => {
    const sessions = await this.sessions.list(caller.userId);
    return ok(sessions.map((session) => toSessionView(session, caller.sessionId)));
  };

  endSession = async ({ params, caller }: Input<{ params: { id: string } }>) => {
    await this.sessions.endOwn(caller.userId, params.id);
    return noContent();
  };

  #cookie(value: string | null): Cookie {
    const { cookieName, isCookieSecure } = this.settings;
    return { name: cookieName, value, maxAgeSeconds: idleSeconds, isSecure: isCookieSecure };
  }
}
