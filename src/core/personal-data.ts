/** What a module holds about a person, and how it lets go of it. */
export interface PersonalData {
  /**
   * Returns everything that is held about the person. A list without a limit is an async iterable (`db/batches.ts`),
   * which is read while it is sent.
   */
  exportFor(userId: string): Promise<unknown>;
  /**
   * Erases most of it ahead of `eraseFor`, in batches that each commit. For rows without a limit, as the transaction of
   * `eraseFor` must be short. Must not touch what the person needs to go on if the erasure fails.
   */
  eraseInBatches?(userId: string): Promise<void>;
  /** Erases what is left, in the transaction that erases the person. */
  eraseFor(userId: string): Promise<void>;
}
