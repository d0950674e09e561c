/** One difference between two documents. */
export interface Change {
  readonly isBreaking: boolean;
  /** A sentence without its subject: what has changed, and where. */
  readonly text: string;
}

/** What a client that keeps to the older document stumbles over. */
export const breaking = (text: string): Change => ({ isBreaking: true, text });

/** What it need not know of. */
export const addition = (text: string): Change => ({ isBreaking: false, text });

/** What is in the one list and not in the other. */
export const without = <T>(list: readonly T[], other: readonly T[]): T[] =>
  list.filter((item) => !other.includes(item));
