import type { AppError } from '../core/errors.ts';
import { coreErrors, type ErrorFactory } from '../core/errors.ts';

const retryable = new Set(['40001', '40P01', '55P03']);

// Codes for values that a schema should have rejected. The caller receives 400, and the log shows which schema to fix.
const validationHoles = new Set(['22P02', '22003', '22001', '22007', '22008', '22021', '22P05', '23514']);

const conflicts = new Set(['23505', '23503']);

// Codes of a server that runs but cannot write: it is read-only, out of disk or memory, or a file is damaged.
const writeFailures = new Set(['25006', '53000', '53100', '53200', '58000', '58030', 'XX001', 'XX002']);

const outages = new Set([
  ...writeFailures, '53300', '53400', '57014', '57P01', '57P02', '57P03',
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
]); // prettier-ignore

// Messages of outage errors that have no code. TypeORM throws the last one if a connection ended within a transaction.
const outageMessages =
  /^(?:timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|Driver not Connected|Query runner already released)/;

/** Returns the code of a PostgreSQL or network error. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

const fieldOf = (error: unknown, name: 'constraint' | 'routine'): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** Thrown if another transaction has changed an object since it was read. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
}

/** Returns whether a prepared statement failed because a migration changed the type of a column that it returns. */
export const isOutdatedPlan = (error: unknown): boolean =>
  // Compare the routine too, because only the routine identifies this error. The code covers every unsupported feature,
  // and the message is translated.
  codeOf(error) === '0A000' && fieldOf(error, 'routine') === 'RevalidateCachedQuery';

/**
 * Returns whether a repetition of the whole transaction may succeed: after a serialization failure, a deadlock, a lock
 * timeout, an outdated plan or a concurrent change of an aggregate.
 */
export const isRetryable = (error: unknown): boolean =>
  error instanceof ConcurrencyError || retryable.has(codeOf(error) ?? '') || isOutdatedPlan(error);

/** Returns whether the database was unreachable or ended the connection. If so, do not reuse the connection. */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return outages.has(code) || code.startsWith('08') || outageMessages.test(messageOf(error));
}

/** Returns whether the database is up but cannot write. */
export const isWriteFailure = (error: unknown): boolean => writeFailures.has(codeOf(error) ?? '');

/** Returns whether the database refused a value that a schema should have rejected. */
export const isValidationHole = (error: unknown): boolean => validationHoles.has(codeOf(error) ?? '');

/**
 * Returns the error to send to the caller for a database error. Returns undefined for any other error. `cause` keeps
 * the database's message for the log.
 */
export function toDatabaseError(error: unknown): AppError | undefined {
  const code = codeOf(error) ?? '';
  const cause = { cause: error };
  if (error instanceof ConcurrencyError) return coreErrors.conflict([], cause);
  if (isRetryable(error) || isOutage(error))
    return coreErrors.unavailable([], { ...cause, headers: { 'Retry-After': '1' } });
  if (isValidationHole(error)) return coreErrors.validation([], cause);
  return conflicts.has(code) ? coreErrors.conflict([], cause) : undefined;
}

async function translate<T>(
  work: () => Promise<T>,
  errorFor: (thrown: unknown) => ErrorFactory | undefined,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = errorFor(thrown);
    throw error === undefined ? thrown : error([], { cause: thrown });
  }
}

/** Runs `work` and turns a violation of this unique constraint into `error`. */
export const translateUnique = <T>(
  constraint: string,
  error: ErrorFactory,
  work: () => Promise<T>,
): Promise<T> =>
  translate(work, (thrown) =>
    codeOf(thrown) === '23505' && fieldOf(thrown, 'constraint') === constraint ? error : undefined,
  );

/** Runs `work` and turns violations of unique or foreign-key constraints into the given errors, by constraint name. */
export const translateViolations = <T>(
  errors: Readonly<Record<string, ErrorFactory>>,
  work: () => Promise<T>,
): Promise<T> =>
  translate(work, (thrown) =>
    conflicts.has(codeOf(thrown) ?? '') ? errors[String(fieldOf(thrown, 'constraint'))] : undefined,
  );

/** Runs `work`, which deletes rows. Throws `error` if other rows still refer to them. */
export const translateInUse = <T>(error: ErrorFactory, work: () => Promise<T>): Promise<T> =>
  translate(work, (thrown) => (codeOf(thrown) === '23503' ? error : undefined));
