interface CookieText {
  readonly name: string;
  /** null removes the cookie. */
  readonly value: string | null;
  readonly maxAgeSeconds: number;
  readonly isSecure: boolean;
  readonly sameSite?: 'Strict' | 'Lax' | 'None';
}

/** Reads a Cookie header (RFC 6265); the first of equal names counts, and values are taken as they are. */
export function parseCookies(header: string | undefined): Readonly<Record<string, string>> {
  const cookies: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0)).trim();
    if (name !== '') cookies[name] ??= pair.slice(at + 1).trim();
  }
  return cookies;
}

/** Returns a Set-Cookie header. Scripts cannot read the cookie, and other sites do not send it unless `sameSite` says so. */
export function serializeCookie({ name, value, maxAgeSeconds, isSecure, sameSite }: CookieText): string {
  const age = value === null ? 0 : maxAgeSeconds;
  const secure = isSecure ? '; Secure' : '';
  return `${name}=${value ?? ''}; Max-Age=${age}; Path=/; HttpOnly${secure}; SameSite=${sameSite ?? 'Strict'}`;
}
