/**
 * The reason why a sign-in failed. The log and the audit trail contain the reason, but the caller never receives it.
 */
export type FailureReason =
  | 'unknown_state'
  | 'expired'
  | 'other_provider'
  | 'other_browser'
  | 'provider_refused'
  | 'code_refused'
  | 'answer_refused'
  | 'account_inactive'
  | 'account_changed';

/** A failed sign-in. The caller receives the same error for every reason. */
export class OidcFailure extends Error {
  override readonly name = 'OidcFailure';

  constructor(
    readonly reason: FailureReason,
    cause?: unknown,
  ) {
    super(`The sign-in failed: ${reason}.`, cause === undefined ? undefined : { cause });
  }
}
