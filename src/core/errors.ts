import type { Cookie } from './cookie.ts';
import { coreMessages } from './core.messages.ts';
import type { Texts } from './languages.ts';

/** The kinds of failures, independent of HTTP. `http/envelope.ts` maps each kind to an HTTP status. */
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
  | 'headers_too_large'
  | 'unsupported'
  | 'unprocessable'
  | 'too_many'
  | 'internal'
  | 'unavailable';

/** A detail of the failure that the caller receives. Must contain neither secrets nor raw input. */
export type ErrorDetail = Readonly<Record<string, unknown>>;

interface ErrorOptions {
  /** The error that caused this one. Only the log contains it. */
  readonly cause?: unknown;
  /** Headers of the error response, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
}

/**
 * A failure that is reported to the caller. Any other thrown value is a bug, and the caller receives a 500 without
 * details.
 */
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
    // The message for the log, which is in English, whatever the caller's language is.
    super(texts.en, cause === undefined ? undefined : { cause });
    this.headers = headers;
    this.cookies = cookies;
  }
}

/**
 * Creates an error. The properties `kind`, `code` and `texts` of the function describe the error, so that OpenAPI can
 * list it.
 */
export interface ErrorFactory {
  (details?: ErrorDetail | readonly ErrorDetail[], options?: ErrorOptions): AppError;
  readonly kind: ErrorKind;
  readonly code: string;
  /** The English message. */
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
    // Assign `message` but not `name`, because a function's `name` is read-only.
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
  headersTooLarge: ['headers_too_large', 'HEADERS_TOO_LARGE'],
  unsupportedMediaType: ['unsupported', 'UNSUPPORTED_MEDIA_TYPE'],
  idempotencyInFlight: ['conflict', 'IDEMPOTENCY_IN_FLIGHT'],
  idempotencyKeyReused: ['unprocessable', 'IDEMPOTENCY_KEY_REUSED'],
  conflict: ['conflict', 'CONFLICT'],
  tooMany: ['too_many', 'RATE_LIMITED'],
  internal: ['internal', 'INTERNAL'],
  unavailable: ['unavailable', 'UNAVAILABLE'],
  deadlineExceeded: ['unavailable', 'DEADLINE_EXCEEDED'],
});

/**
 * One invalid value: where it is and which rule it breaks. The `details` of a `VALIDATION_ERROR` are a list of issues.
 */
export interface InputIssue extends Record<string, unknown> {
  readonly in: 'body' | 'query' | 'params' | 'headers';
  readonly path: string;
  readonly rule: string;
  /** The message. If it is a text in every language, the caller receives it in their language. */
  readonly message: string | Texts;
}

/** Returns a 400 error that lists these issues. */
export const invalidInput = (...issues: readonly InputIssue[]): AppError => coreErrors.validation(issues);
