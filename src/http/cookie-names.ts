/** Tells a device on which its owner has signed in before; bound like the refresh token's. */
export const deviceCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-device' : 'device';

/** The refresh token's cookie: bound to this host and to https wherever there is https (RFC 6265bis prefixes). */
export const refreshCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-refresh' : 'refresh';

// #region oidc
/** Tells the browser that went to a sign-in provider, so that nobody else can come back in its place. */
export const oidcCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-oidc' : 'oidc';
// #endregion
