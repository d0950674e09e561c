/** The body of every error of the service. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  readonly details?: readonly Readonly<Record<string, unknown>>[];
}

/** An error response. */
export class StrataError extends Error {
  override readonly name = 'StrataError';

  constructor(
    readonly status: number,
    /** The stable error code, such as `VALIDATION_ERROR`; `UNKNOWN` if the response is not from the service. */
    readonly code: string,
    message: string,
    /** The request id to quote in a report; null if the response is not from the service. */
    readonly requestId: string | null,
    readonly details: readonly Readonly<Record<string, unknown>>[],
  ) {
    super(message);
  }
}

/** Returns whether a body is an error of the service. */
export const isErrorBody = (value: unknown): value is ErrorBody =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'message' in value &&
  typeof value.message === 'string';

/** Creates the error for a response and its parsed body. */
export function toError({ status, statusText, headers }: Response, body: unknown): StrataError {
  if (!isErrorBody(body)) {
    const message = statusText === '' ? `The service returned ${status}.` : statusText;
    return new StrataError(status, 'UNKNOWN', message, headers.get('x-request-id'), []);
  }
  return new StrataError(status, body.code, body.message, body.requestId, body.details ?? []);
}

interface Result<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}

type DataOf<Body> = Body extends { readonly data: infer Data } ? Data : undefined;

/** Returns the `data` of a response. Throws a StrataError for an error response. */
export async function unwrap<Body>(call: Promise<Result<Body>>): Promise<DataOf<NonNullable<Body>>> {
  const { data, error, response } = await call;
  if (!response.ok) throw toError(response, error);
  // A 204 has no body and no data.
  return (data as { data?: unknown } | undefined)?.data as DataOf<NonNullable<Body>>;
}
