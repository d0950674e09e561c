/** What a setting that takes an https origin must be. */
export const exactOrigin =
  'must be an exact https origin, without *, in lower case and without the usual port';

/** Whether this is an https origin as browsers spell it. Another spelling would silently never match. */
export const isHttpsOrigin = (text: string): boolean =>
  text.startsWith('https://') && !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
