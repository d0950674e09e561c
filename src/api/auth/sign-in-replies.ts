import type { Config } from '../../config/config.ts';
import type { Cookie } from '../../core/cookie.ts';
import { deviceCookieName, refreshCookieName } from '../../http/cookie-names.ts';
import { ok, type Reply } from '../../http/reply.ts';
import type { RequestFacts } from '../../http/route.ts';
import type { AuthSettings } from './auth.settings.ts';
import type { AdmissionView, SignedInView } from './auth.validation.ts';
import { toAdmissionView, toSignedInView } from './auth.view.ts';
import { idleSeconds } from './session.service.ts';
import type { Admission, Device, SignedIn } from './sign-in.ts';

const deviceSeconds = 365 * 24 * 3_600;

/**
 * Builds the response of every kind of sign-in. The access token is in the body. The refresh and device tokens are in
 * cookies.
 */
export class SignInReplies {
  readonly expiresIn: number;

  constructor(
    private readonly config: Pick<Config, 'isCookieSecure'>,
    settings: Pick<AuthSettings, 'ACCESS_TOKEN_TTL_SECONDS'>,
  ) {
    this.expiresIn = settings.ACCESS_TOKEN_TTL_SECONDS;
  }

  signedIn(signedIn: SignedIn): Reply<200, SignedInView> {
    return ok(toSignedInView(signedIn, this.expiresIn), { cookies: this.cookiesOf(signedIn) });
  }

  admission(admission: Admission): Reply<200, AdmissionView> {
    const cookies = 'mfaToken' in admission ? [] : this.cookiesOf(admission);
    return ok(toAdmissionView(admission, this.expiresIn), { cookies });
  }

  cookiesOf({ refreshToken, deviceToken }: SignedIn): Cookie[] {
    const { isCookieSecure: isSecure } = this.config;
    const name = deviceCookieName(this.config);
    return [
      this.refreshCookie(refreshToken),
      { name, value: deviceToken, maxAgeSeconds: deviceSeconds, isSecure },
    ];
  }

  /** Builds the refresh cookie. The value `null` clears the cookie. */
  refreshCookie(value: string | null): Cookie {
    const { isCookieSecure: isSecure } = this.config;
    const name = refreshCookieName(this.config);
    return { name, value, maxAgeSeconds: idleSeconds, isSecure };
  }

  refreshTokenIn(cookies: RequestFacts['cookies']): string | undefined {
    return cookies[refreshCookieName(this.config)];
  }

  deviceOf({ ip, userAgent, cookies }: RequestFacts): Device {
    const token = cookies[deviceCookieName(this.config)];
    return { ip, userAgent, token, refreshToken: this.refreshTokenIn(cookies) };
  }
}
