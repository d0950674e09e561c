/** Exports and erases the personal data that a module stores. */
export interface PersonalData {
  /**
   * Returns all data about the person. An unbounded list is an async iterable (`db/batches.ts`), which is read while it
   * is sent.
   */
  exportFor(userId: string): Promise<unknown>;
  /**
   * Erases unbounded rows before `eraseFor`, in batches that commit separately, so that the transaction of `eraseFor`
   * stays short. Must keep everything that the person needs if the erasure fails.
   */
  eraseInBatches?(userId: string): Promise<void>;
  /** Erases the remaining data, in the transaction that erases the person. */
  eraseFor(userId: string): Promise<void>;
}
