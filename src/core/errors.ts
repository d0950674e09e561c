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

/** One fact for the caller about what was wrong; never a secret, never the raw input. */
export type ErrorDetail = Readonly<Record<string, unknown>>;

interface ErrorOptions {
  /** For the log only. */
  readonly cause?: unknown;
  /** Response headers that belong to the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
}

/** What an error says: in English at least, and in English where a translation is missing. */
export type ErrorTexts = Readonly<{ en: string } & Partial<Translations>>;

/** A failure meant for the caller; anything else that is thrown is a bug and answers a bare 500. */
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

/** Makes one named error; carries its own kind, code and texts so that OpenAPI can list it. */
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
    // A function's `name` cannot be assigned, which is why `message` and not `name` carries the text.
    { kind, code, message, texts },
  );
}

/** Turns a module's table of `[kind, code, 'English.', { de: 'Deutsch.' }]` into functions that make those errors. */
export function defineErrors<Name extends string>(
  specs: Record<Name, ErrorSpec>,
): Record<Name, ErrorFactory> {
  const entries = Object.entries<ErrorSpec>(specs).map(([name, spec]) => [name, defineError(spec)]);
  return Object.fromEntries(entries) as Record<Name, ErrorFactory>;
}

/** The failures that any route can end in, whatever its module. */
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
    'The address is not correctly percent-encoded.',
    { de: 'Die Adresse ist nicht richtig prozentkodiert.' },
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
    'This needs a sign-in with a second factor: turn it on, then sign in with it.',
    { de: 'Das verlangt eine Anmeldung mit zweitem Faktor: bitte einrichten und damit anmelden.' },
  ],
  recentSignInRequired: [
    'forbidden',
    'AUTH_RECENT_SIGN_IN_REQUIRED',
    'This needs a sign-in within the last ten minutes: sign in again.',
    { de: 'Das verlangt eine Anmeldung in den letzten zehn Minuten: bitte neu anmelden.' },
  ],
  httpsRequired: [
    'forbidden',
    'HTTPS_REQUIRED',
    'Use https: this service does not answer over plain http.',
    { de: 'Bitte https verwenden: Über einfaches http antwortet dieser Dienst nicht.' },
  ],
  notFound: [
    'not_found',
    'NOT_FOUND',
    'There is nothing here; see /openapi.json for what there is.',
    { de: 'Hier gibt es nichts; was es gibt, steht in /openapi.json.' },
  ],
  methodNotAllowed: [
    'method_not_allowed',
    'METHOD_NOT_ALLOWED',
    'This path does not take this method; see Allow.',
    { de: 'Dieser Pfad nimmt diese Methode nicht an; siehe Allow.' },
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
    'It has changed since you read it; read it again and repeat the change.',
    { de: 'Es hat sich seit dem Lesen geändert; bitte neu lesen und die Änderung wiederholen.' },
  ],
  tooLarge: ['too_large', 'PAYLOAD_TOO_LARGE', 'The body is too large.', { de: 'Der Inhalt ist zu groß.' }],
  unsupportedMediaType: [
    'unsupported',
    'UNSUPPORTED_MEDIA_TYPE',
    'Send JSON in UTF-8 with Content-Type: application/json, or what details name as expected.',
    {
      de: 'Bitte JSON in UTF-8 mit Content-Type: application/json senden, oder was in details als expected steht.',
    },
  ],
  idempotencyInFlight: [
    'conflict',
    'IDEMPOTENCY_IN_FLIGHT',
    'A request with this Idempotency-Key is being carried out; repeat it shortly.',
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
    'The change conflicts with what is stored.',
    { de: 'Die Änderung widerspricht dem, was gespeichert ist.' },
  ],
  tooMany: [
    'too_many',
    'RATE_LIMITED',
    'Too many requests; wait for the time that Retry-After names.',
    { de: 'Zu viele Anfragen; bitte so lange warten, wie Retry-After sagt.' },
  ],
  internal: [
    'internal',
    'INTERNAL',
    'Something went wrong here. Name the requestId when you report it.',
    { de: 'Hier ist etwas schiefgegangen. Bitte beim Melden die requestId nennen.' },
  ],
  unavailable: [
    'unavailable',
    'UNAVAILABLE',
    'The service cannot answer just now; try again shortly.',
    { de: 'Der Dienst kann gerade nicht antworten; bitte gleich noch einmal versuchen.' },
  ],
  deadlineExceeded: [
    'unavailable',
    'DEADLINE_EXCEEDED',
    'It took too long; try again shortly.',
    { de: 'Es hat zu lange gedauert; bitte gleich noch einmal versuchen.' },
  ],
});

/** Where a wrong value stood, and why it is wrong; the shape of `details` in a `VALIDATION_ERROR`. */
export interface InputIssue extends Record<string, unknown> {
  readonly in: 'body' | 'query' | 'params' | 'headers';
  readonly path: string;
  readonly rule: string;
  /** Where it is in every language, the answer has it in one. */
  readonly message: string | Texts;
}

/** A 400 that names each wrong field. */
export const invalidInput = (...issues: readonly InputIssue[]): AppError => coreErrors.validation(issues);
