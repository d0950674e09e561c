import type { Cookie } from './cookie.ts';
import { coreMessages } from './core.messages.ts';
import type { Texts } from './languages.ts';

/** A kind of failure, in the words of the domain. `http/envelope.ts` maps it to an HTTP status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'timeout'
  | 'conflict'
  | 'precondition'
  | 'too_large'
  | 'unsupported'
  | 'unprocessable'
  | 'too_many'
  | 'internal'
  | 'unavailable';

/** A fact about the failure, for the caller. Must not contain secrets or raw input. */
export type ErrorDetail = Readonly<Record<string, unknown>>;

interface ErrorOptions {
  /** For the log only. */
  readonly cause?: unknown;
  /** Response headers, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
}

/** A failure that is reported to the caller. Any other thrown value is a bug and becomes a 500 without details. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly Cookie[];

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly texts: Texts,
    readonly details: readonly ErrorDetail[] = [],
    { cause, headers = {}, cookies = [] }: ErrorOptions = {},
  ) {
    // Logs are in English, whatever language the caller reads.
    super(texts.en, cause === undefined ? undefined : { cause });
    this.headers = headers;
    this.cookies = cookies;
  }
}

/** Creates an error. Its own kind, code and texts are readable, so that OpenAPI can list the error. */
export interface ErrorFactory {
  (details?: ErrorDetail | readonly ErrorDetail[], options?: ErrorOptions): AppError;
  readonly kind: ErrorKind;
  readonly code: string;
  /** In English. */
  readonly message: string;
  readonly texts: Texts;
}

type ErrorSpec = readonly [kind: ErrorKind, code: string];

const isList = (details: ErrorDetail | readonly ErrorDetail[]): details is readonly ErrorDetail[] =>
  Array.isArray(details);

const defineError = ([kind, code]: ErrorSpec, texts: Texts): ErrorFactory =>
  Object.assign(
    (details: ErrorDetail | readonly ErrorDetail[] = [], options: ErrorOptions = {}) =>
      new AppError(kind, code, texts, isList(details) ? details : [details], options),
    // A function's `name` cannot be assigned; `message` can.
    { kind, code, message: texts.en, texts },
  );

/** Converts a table of `[kind, code]` into functions that create these errors. `texts` has the text of each. */
export function defineErrors<Name extends string>(
  texts: Readonly<Record<Name, Texts>>,
  specs: Readonly<Record<NoInfer<Name>, ErrorSpec>>,
): Record<Name, ErrorFactory> {
  const names = Object.keys(specs) as Name[];
  return Object.fromEntries(names.map((name) => [name, defineError(specs[name], texts[name])])) as Record<
    Name,
    ErrorFactory
  >;
}

/** The errors that any route can return. */
export const coreErrors = defineErrors(coreMessages.errors, {
  validation: ['invalid', 'VALIDATION_ERROR'],
  malformedJson: ['invalid', 'MALFORMED_JSON'],
  malformedUrl: ['invalid', 'MALFORMED_URL'],
  badRequest: ['invalid', 'BAD_REQUEST'],
  unauthenticated: ['unauthenticated', 'UNAUTHENTICATED'],
  forbidden: ['forbidden', 'FORBIDDEN'],
  mfaRequired: ['forbidden', 'AUTH_MFA_REQUIRED'],
  recentSignInRequired: ['forbidden', 'AUTH_RECENT_SIGN_IN_REQUIRED'],
  httpsRequired: ['forbidden', 'HTTPS_REQUIRED'],
  notFound: ['not_found', 'NOT_FOUND'],
  methodNotAllowed: ['method_not_allowed', 'METHOD_NOT_ALLOWED'],
  requestTimeout: ['timeout', 'REQUEST_TIMEOUT'],
  preconditionFailed: ['precondition', 'PRECONDITION_FAILED'],
  tooLarge: ['too_large', 'PAYLOAD_TOO_LARGE'],
  unsupportedMediaType: ['unsupported', 'UNSUPPORTED_MEDIA_TYPE'],
  idempotencyInFlight: ['conflict', 'IDEMPOTENCY_IN_FLIGHT'],
  idempotencyKeyReused: ['unprocessable', 'IDEMPOTENCY_KEY_REUSED'],
  conflict: ['conflict', 'CONFLICT'],
  tooMany: ['too_many', 'RATE_LIMITED'],
  internal: ['internal', 'INTERNAL'],
  unavailable: ['unavailable', 'UNAVAILABLE'],
  deadlineExceeded: ['unavailable', 'DEADLINE_EXCEEDED'],
});

/** An invalid value: its place and the rule it breaks. `details` of a `VALIDATION_ERROR` has this shape. */
export interface InputIssue extends Record<string, unknown> {
  readonly in: 'body' | 'query' | 'params' | 'headers';
  readonly path: string;
  readonly rule: string;
  /** A text in every language is sent in the caller's language. */
  readonly message: string | Texts;
}

/** Returns a 400 error that lists these issues. */
export const invalidInput = (...issues: readonly InputIssue[]): AppError => coreErrors.validation(issues);
