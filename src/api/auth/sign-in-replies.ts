import type { Cookie } from '../../core/cookie.ts';
import { ok, type Reply } from '../../http/reply.ts';
import type { RequestFacts } from '../../http/route.ts';
import type { AdmissionView, SignedInView } from './auth.validation.ts';
import { toAdmissionView, toSignedInView } from './auth.view.ts';
import { idleSeconds } from './session.service.ts';
import type { Admission, Device, SignedIn } from './sign-in.ts';

interface SignInRepliesSettings {
  readonly refreshCookieName: string;
  readonly deviceCookieName: string;
  readonly isCookieSecure: boolean;
  readonly accessTokenTtlSeconds: number;
}

const deviceSeconds = 365 * 24 * 3_600;

/** Builds the response of every kind of sign-in: access token in the body, refresh and device tokens in cookies. */
export class SignInReplies {
  readonly expiresIn: number;

  constructor(private readonly settings: SignInRepliesSettings) {
    this.expiresIn = settings.accessTokenTtlSeconds;
  }

  signedIn(signedIn: SignedIn): Reply<200, SignedInView> {
    return ok(toSignedInView(signedIn, this.expiresIn), { cookies: this.cookiesOf(signedIn) });
  }

  admission(admission: Admission): Reply<200, AdmissionView> {
    const cookies = 'mfaToken' in admission ? [] : this.cookiesOf(admission);
    return ok(toAdmissionView(admission, this.expiresIn), { cookies });
  }

  cookiesOf({ refreshToken, deviceToken }: SignedIn): Cookie[] {
    const { deviceCookieName: name, isCookieSecure: isSecure } = this.settings;
    return [
      this.refreshCookie(refreshToken),
      { name, value: deviceToken, maxAgeSeconds: deviceSeconds, isSecure },
    ];
  }

  /** Builds the refresh cookie; `null` clears it. */
  refreshCookie(value: string | null): Cookie {
    const { refreshCookieName: name, isCookieSecure: isSecure } = this.settings;
    return { name, value, maxAgeSeconds: idleSeconds, isSecure };
  }

  refreshTokenIn(cookies: RequestFacts['cookies']): string | undefined {
    return cookies[this.settings.refreshCookieName];
  }

  deviceOf({ ip, userAgent, cookies }: RequestFacts): Device {
    const token = cookies[this.settings.deviceCookieName];
    return { ip, userAgent, token, refreshToken: this.refreshTokenIn(cookies) };
  }
}
