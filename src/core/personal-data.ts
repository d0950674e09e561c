/** Exports and erases the personal data that a module stores. */
export interface PersonalData {
  /**
   * Returns all data about the person. Return an async iterable for a list of unlimited length (see `db/batches.ts`).
   * Such a list is read while the response is being sent.
   */
  exportFor(userId: string): Promise<unknown>;
  /**
   * Runs before `eraseFor` and erases rows of unlimited number in batches. Each batch commits separately, so that the
   * transaction of `eraseFor` stays short. The person must still be able to use the account if the erasure fails
   * afterwards.
   */
  eraseInBatches?(userId: string): Promise<void>;
  /** Erases the remaining data. Runs in the transaction that erases the account. */
  eraseFor(userId: string): Promise<void>;
}
