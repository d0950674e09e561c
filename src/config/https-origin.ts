/** Error message of settings that require an https origin. */
export const exactOrigin =
  'must be an exact https origin, in lower case, without * and without the default port';

/** Returns whether this is an https origin as browsers spell it. Another spelling would silently never match. */
export const isHttpsOrigin = (text: string): boolean =>
  text.startsWith('https://') && !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
