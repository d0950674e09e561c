/** The error message for settings that must be an https origin. */
export const exactOrigin =
  'must be an exact https origin, in lower case, without * and without the default port';

/**
 * Returns whether the text is an https origin in the form that browsers send. An origin in any other form would never
 * match.
 */
export const isHttpsOrigin = (text: string): boolean =>
  text.startsWith('https://') && !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
