/** Describes an error in one line of at most 500 characters. */
export const reasonOf = (failure: unknown): string =>
  (failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure)).slice(0, 500);
