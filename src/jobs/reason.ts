/** What went wrong, in one line that is short enough to store. */
export const reasonOf = (failure: unknown): string =>
  (failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure)).slice(0, 500);
