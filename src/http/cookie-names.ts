/** Returns the name of the cookie that identifies a device the user has signed in on. */
export const deviceCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-device' : 'device';

/** Returns the name of the refresh token's cookie. The `__Host-` prefix (RFC 6265bis) binds it to this host and https. */
export const refreshCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-refresh' : 'refresh';

// #region oidc
/** Returns the name of the cookie that ties a sign-in at a provider to the browser that started it. */
export const oidcCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-oidc' : 'oidc';
// #endregion
