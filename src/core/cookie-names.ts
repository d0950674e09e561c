/** Tells a device on which its owner has signed in before; bound like the refresh token's. */
export const deviceCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-device' : 'device';

/** The refresh token's cookie: bound to this host and to https wherever there is https (RFC 6265bis prefixes). */
export const refreshCookieName = ({ isCookieSecure }: { isCookieSecure: boolean }): string =>
  isCookieSecure ? '__Host-refresh' : 'refresh';
