/** Why a sign-in did not succeed; for the log and the audit trail, never for the caller. */
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

/** A sign-in that came to nothing. The caller is told the same of each. */
export class OidcFailure extends Error {
  override readonly name = 'OidcFailure';

  constructor(
    readonly reason: FailureReason,
    cause?: unknown,
  ) {
    super(`The sign-in failed: ${reason}.`, cause === undefined ? undefined : { cause });
  }
}
