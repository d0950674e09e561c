/** One difference between two documents. */
export interface Change {
  readonly isBreaking: boolean;
  /** The change and its place, as a sentence without its subject. The subject is the operation. */
  readonly text: string;
}

/** Creates a change that breaks clients written for the older document. */
export const breaking = (text: string): Change => ({ isBreaking: true, text });

/** Creates a change that clients written for the older document can ignore. */
export const addition = (text: string): Change => ({ isBreaking: false, text });

/** Returns the items of `list` that are not in `other`. */
export const without = <T>(list: readonly T[], other: readonly T[]): T[] =>
  list.filter((item) => !other.includes(item));
