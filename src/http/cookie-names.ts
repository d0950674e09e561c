/** Returns the name of the cookie that identifies a device on which the user has signed in before. */
export const deviceCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-device' : 'device';

/**
 * Returns the name of the cookie with the refresh token. The prefix `__Host-` (RFC 6265bis) limits the cookie to this
 * host and to https.
 */
export const refreshCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-refresh' : 'refresh';

// #region oidc
/** Returns the name of the cookie that proves, after a sign-in at a provider, that the same browser started it. */
export const oidcCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-oidc' : 'oidc';
// #endregion
