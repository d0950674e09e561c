// Defines the wire format of the API. The router, the error handler and OpenAPI take the format from this file. A test
// compares it with the errors that the reverse proxy sends itself. docs/recipes.md names the other places to change for
// another format.
import type { ErrorDetail, ErrorKind } from '../core/errors.ts';

/** The path under which the routes of all modules are mounted. */
export const apiRoot = '/api/v1';

export const jsonType = 'application/json; charset=utf-8';
export const problemType = 'application/problem+json';

/** The scheme of access tokens in `Authorization` and `WWW-Authenticate` (RFC 6750). */
export const authScheme = 'Bearer';

const authorization = new RegExp(`^${authScheme} +([A-Za-z0-9._~+/-]+=*) *$`, 'i');

/** Returns the access token in an `Authorization` header, or undefined if there is none. */
export const accessTokenIn = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : authorization.exec(header)?.[1];

const statuses: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  timeout: 408,
  conflict: 409,
  precondition: 412,
  too_large: 413,
  unsupported: 415,
  unprocessable: 422,
  too_many: 429,
  headers_too_large: 431,
  internal: 500,
  unavailable: 503,
};

/** Returns the HTTP status (RFC 9110) of an error kind. */
export const statusOf = (kind: ErrorKind): number => statuses[kind];

type Json = Record<string, unknown>;

/** Returns the body of a successful reply. */
export const successBody = (data: unknown, meta?: Json): Json =>
  meta === undefined ? { status: 'success', data } : { status: 'success', data, meta };

/** Returns the JSON Schema of `successBody`. */
export const successSchema = (data: Json, meta?: Json): Json => ({
  type: 'object',
  properties: { status: { const: 'success' }, data, ...(meta !== undefined && { meta }) },
  required: ['status', 'data', ...(meta === undefined ? [] : ['meta'])],
});

/** The content of an error reply, in the language of the caller. */
export interface ErrorContent {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly ErrorDetail[];
  readonly requestId: string;
  /** Details for debugging. Present only in development. */
  readonly debug?: Json;
}

/** Returns the body of an error reply. */
export const errorBody = ({ code, message, ...rest }: ErrorContent): Json => ({
  status: 'error',
  code,
  message,
  ...rest,
});

/** Returns the body of an error as a problem document (RFC 9457). */
export const problemBody = (status: number, { code, message, ...rest }: ErrorContent): Json => ({
  type: 'about:blank',
  title: message,
  status,
  detail: message,
  code,
  ...rest,
});

const details = { type: 'array', items: { type: 'object', additionalProperties: true } };

/** The JSON Schema of `errorBody`. */
export const errorSchema: Json = {
  type: 'object',
  properties: {
    status: { const: 'error' },
    code: { type: 'string', description: 'Identifies the error for programs. Codes are stable.' },
    message: { type: 'string', description: 'Explains the error to people.' },
    details,
    requestId: { type: 'string' },
  },
  required: ['status', 'code', 'message', 'requestId'],
};

/** The JSON Schema of `problemBody`. */
export const problemSchema: Json = {
  type: 'object',
  description:
    'The error format of RFC 9457. Clients get it if their Accept header prefers application/problem+json.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    details,
    requestId: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
};
