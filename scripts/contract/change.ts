/** One difference between two documents. */
export interface Change {
  readonly isBreaking: boolean;
  /** The change and its place, as a sentence without a subject. */
  readonly text: string;
}

/** Creates a change that breaks clients of the older document. */
export const breaking = (text: string): Change => ({ isBreaking: true, text });

/** Creates a change that existing clients can ignore. */
export const addition = (text: string): Change => ({ isBreaking: false, text });

/** Returns the items of a list that are not in another. */
export const without = <T>(list: readonly T[], other: readonly T[]): T[] =>
  list.filter((item) => !other.includes(item));
