/** What the service says of an error, in the one shape that all errors have. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  readonly details?: readonly Readonly<Record<string, unknown>>[];
}

/** An answer that is an error. */
export class StrataError extends Error {
  override readonly name = 'StrataError';

  constructor(
    readonly status: number,
    /** Stable, such as `VALIDATION_ERROR`; `UNKNOWN` where something in between has answered. */
    readonly code: string,
    message: string,
    /** To name when the error is reported; null where something in between has answered. */
    readonly requestId: string | null,
    readonly details: readonly Readonly<Record<string, unknown>>[],
  ) {
    super(message);
  }
}

export const isErrorBody = (value: unknown): value is ErrorBody =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'message' in value &&
  typeof value.message === 'string';

/** The error that an answer is, from its body. */
export function toError({ status, statusText, headers }: Response, body: unknown): StrataError {
  if (!isErrorBody(body)) {
    const message = statusText === '' ? `The answer was ${status}.` : statusText;
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

/** The `data` of an answer; throws a StrataError where the answer is an error. */
export async function unwrap<Body>(call: Promise<Result<Body>>): Promise<DataOf<NonNullable<Body>>> {
  const { data, error, response } = await call;
  if (!response.ok) throw toError(response, error);
  // Without a body there is no data.
  return (data as { data?: unknown } | undefined)?.data as DataOf<NonNullable<Body>>;
}
