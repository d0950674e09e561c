/**
 * Returns a value with a type that TypeScript cannot derive, such as a row of pg. Does not check it, because a check for
 * each row would be slow. Use it only in `src/db`.
 */
export const trusted = <T>(value: unknown): T => value as T;
