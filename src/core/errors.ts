import type { Cookie } from './cookie.ts';
import type { Texts, Translations } from './languages.ts';

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

/** The message of an error by language. English is required and is the fallback. */
export type ErrorTexts = Readonly<{ en: string } & Partial<Translations>>;

/** A failure that is reported to the caller. Any other thrown value is a bug and becomes a 500 without details. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly Cookie[];

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly texts: ErrorTexts,
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
  readonly texts: ErrorTexts;
}

type ErrorSpec = readonly [kind: ErrorKind, code: string, english: string, translations?: Translations];

const isList = (details: ErrorDetail | readonly ErrorDetail[]): details is readonly ErrorDetail[] =>
  Array.isArray(details);

function defineError([kind, code, message, translations]: ErrorSpec): ErrorFactory {
  const texts: ErrorTexts = { en: message, ...translations };
  return Object.assign(
    (details: ErrorDetail | readonly ErrorDetail[] = [], options: ErrorOptions = {}) =>
      new AppError(kind, code, texts, isList(details) ? details : [details], options),
    // A function's `name` cannot be assigned; `message` can.
    { kind, code, message, texts },
  );
}

/** Converts a table of `[kind, code, 'English.', { de: 'Deutsch.' }]` into functions that create these errors. */
export function defineErrors<Name extends string>(
  specs: Record<Name, ErrorSpec>,
): Record<Name, ErrorFactory> {
  const entries = Object.entries<ErrorSpec>(specs).map(([name, spec]) => [name, defineError(spec)]);
  return Object.fromEntries(entries) as Record<Name, ErrorFactory>;
}

/** The errors that any route can return. */
export const coreErrors = defineErrors({
  validation: [
    'invalid',
    'VALIDATION_ERROR',
    'The request is not valid; see details.',
    { de: 'Die Anfrage ist nicht gültig; siehe details.' },
  ],
  malformedJson: [
    'invalid',
    'MALFORMED_JSON',
    'The body is not valid JSON.',
    { de: 'Der Inhalt ist kein gültiges JSON.' },
  ],
  malformedUrl: [
    'invalid',
    'MALFORMED_URL',
    'The URL is not correctly percent-encoded.',
    { de: 'Die URL ist nicht richtig prozentkodiert.' },
  ],
  badRequest: [
    'invalid',
    'BAD_REQUEST',
    'The request could not be read.',
    { de: 'Die Anfrage ist nicht lesbar.' },
  ],
  unauthenticated: [
    'unauthenticated',
    'UNAUTHENTICATED',
    'Sign in and send a valid access token.',
    { de: 'Bitte anmelden und ein gültiges Zugriffstoken senden.' },
  ],
  forbidden: [
    'forbidden',
    'FORBIDDEN',
    'You are not allowed to do this.',
    { de: 'Dafür fehlt die Berechtigung.' },
  ],
  mfaRequired: [
    'forbidden',
    'AUTH_MFA_REQUIRED',
    'This requires a sign-in with a second factor: enable one, then sign in with it.',
    { de: 'Das verlangt eine Anmeldung mit zweitem Faktor: bitte einrichten und damit anmelden.' },
  ],
  recentSignInRequired: [
    'forbidden',
    'AUTH_RECENT_SIGN_IN_REQUIRED',
    'This requires a sign-in within the last ten minutes: sign in again.',
    { de: 'Das verlangt eine Anmeldung in den letzten zehn Minuten: bitte neu anmelden.' },
  ],
  httpsRequired: [
    'forbidden',
    'HTTPS_REQUIRED',
    'Use https: this service does not accept plain http.',
    { de: 'Bitte https verwenden: Über einfaches http antwortet dieser Dienst nicht.' },
  ],
  notFound: [
    'not_found',
    'NOT_FOUND',
    'There is no such path; /openapi.json lists all paths.',
    { de: 'Diesen Pfad gibt es nicht; /openapi.json nennt alle Pfade.' },
  ],
  methodNotAllowed: [
    'method_not_allowed',
    'METHOD_NOT_ALLOWED',
    'This path does not support this method; see the Allow header.',
    { de: 'Dieser Pfad unterstützt diese Methode nicht; siehe den Header Allow.' },
  ],
  requestTimeout: [
    'timeout',
    'REQUEST_TIMEOUT',
    'The request did not arrive in time; send it again.',
    { de: 'Die Anfrage ist nicht rechtzeitig angekommen; bitte erneut senden.' },
  ],
  preconditionFailed: [
    'precondition',
    'PRECONDITION_FAILED',
    'The resource has changed since you read it; read it again and repeat the change.',
    { de: 'Es hat sich seit dem Lesen geändert; bitte neu lesen und die Änderung wiederholen.' },
  ],
  tooLarge: ['too_large', 'PAYLOAD_TOO_LARGE', 'The body is too large.', { de: 'Der Inhalt ist zu groß.' }],
  unsupportedMediaType: [
    'unsupported',
    'UNSUPPORTED_MEDIA_TYPE',
    'Send JSON in UTF-8 with Content-Type: application/json, or the type that details list as expected.',
    {
      de: 'Bitte JSON in UTF-8 mit Content-Type: application/json senden, oder was in details als expected steht.',
    },
  ],
  idempotencyInFlight: [
    'conflict',
    'IDEMPOTENCY_IN_FLIGHT',
    'A request with this Idempotency-Key is in progress; retry it shortly.',
    { de: 'Eine Anfrage mit diesem Idempotency-Key wird gerade ausgeführt; bitte gleich wiederholen.' },
  ],
  idempotencyKeyReused: [
    'unprocessable',
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key was used for a different request; use a new key.',
    { de: 'Dieser Idempotency-Key gehört zu einer anderen Anfrage; bitte einen neuen verwenden.' },
  ],
  conflict: [
    'conflict',
    'CONFLICT',
    'The change conflicts with stored data.',
    { de: 'Die Änderung widerspricht gespeicherten Daten.' },
  ],
  tooMany: [
    'too_many',
    'RATE_LIMITED',
    'Too many requests; wait for the seconds in Retry-After.',
    { de: 'Zu viele Anfragen; bitte die Sekunden in Retry-After abwarten.' },
  ],
  internal: [
    'internal',
    'INTERNAL',
    'The service failed. Include the requestId when you report this.',
    { de: 'Im Dienst ist ein Fehler aufgetreten. Bitte beim Melden die requestId nennen.' },
  ],
  unavailable: [
    'unavailable',
    'UNAVAILABLE',
    'The service is temporarily unavailable; retry shortly.',
    { de: 'Der Dienst ist vorübergehend nicht erreichbar; bitte gleich noch einmal versuchen.' },
  ],
  deadlineExceeded: [
    'unavailable',
    'DEADLINE_EXCEEDED',
    'The request took too long; retry shortly.',
    { de: 'Die Anfrage hat zu lange gedauert; bitte gleich noch einmal versuchen.' },
  ],
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
