import type { AppError } from '../core/errors.ts';
import { coreErrors, type ErrorFactory } from '../core/errors.ts';

const retryable = new Set(['40001', '40P01', '55P03']);

// Input that the schemas should have refused: the caller gets a 400, and the log shows the hole.
const validationHoles = new Set(['22P02', '22003', '22001', '22007', '22008', '22021', '22P05', '23514']);

const conflicts = new Set(['23505', '23503']);

// The server works, and cannot store: it is read-only, or its disk or its memory is at an end, or a file is damaged.
const writeFailures = new Set(['25006', '53000', '53100', '53200', '58000', '58030', 'XX001', 'XX002']);

const outages = new Set([
  ...writeFailures, '53300', '53400', '57014', '57P01', '57P02', '57P03',
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
]); // prettier-ignore

// pg gives these no code. TypeORM says the last of a connection that ended between two statements of a transaction.
const outageMessages =
  /^(?:timeout exceeded when trying to connect|Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|Driver not Connected|Query runner already released)/;

/** The code of an error of PostgreSQL or of the network. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

const fieldOf = (error: unknown, name: 'constraint' | 'routine'): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** An aggregate has had other events since it was loaded. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';

  constructor(type: string, id: string, expectedVersion: number, cause?: unknown) {
    super(`The ${type} ${id} is not at version ${expectedVersion} any more.`, { cause });
  }
}

/** Whether a prepared statement is refused because a column that it reads has another type by now. */
export const isOutdatedPlan = (error: unknown): boolean =>
  // The code stands for all that is not supported, and the text comes in the server's language.
  codeOf(error) === '0A000' && fieldOf(error, 'routine') === 'RevalidateCachedQuery';

/** Whether the whole transaction may succeed when it is run again: a serialization failure, a deadlock, a lock not got, an outdated plan, an aggregate that moved on. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof ConcurrencyError || retryable.has(codeOf(error) ?? '') || isOutdatedPlan(error);

/** Whether the database could not be reached or gave up: its connection must not be used again. */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return outages.has(code) || code.startsWith('08') || outageMessages.test(messageOf(error));
}

/** Whether the database answers, and cannot store what it is given. */
export const isWriteFailure = (error: unknown): boolean => writeFailures.has(codeOf(error) ?? '');

/** Whether the database refused a value that the schemas should have refused. */
export const isValidationHole = (error: unknown): boolean => validationHoles.has(codeOf(error) ?? '');

/** What a database error means to the caller; undefined when it is not one. The database's own text stays in the cause. */
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
  meaning: (thrown: unknown) => ErrorFactory | undefined,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = meaning(thrown);
    throw error === undefined ? thrown : error([], { cause: thrown });
  }
}

/** Runs `work`; a violation of this unique constraint becomes the module's own error. */
export const translateUnique = <T>(
  constraint: string,
  error: ErrorFactory,
  work: () => Promise<T>,
): Promise<T> =>
  translate(work, (thrown) =>
    codeOf(thrown) === '23505' && fieldOf(thrown, 'constraint') === constraint ? error : undefined,
  );

/** Runs `work`; a violation of one of these unique or foreign-key constraints becomes the module's own error. */
export const translateViolations = <T>(
  errors: Readonly<Record<string, ErrorFactory>>,
  work: () => Promise<T>,
): Promise<T> =>
  translate(work, (thrown) =>
    conflicts.has(codeOf(thrown) ?? '') ? errors[String(fieldOf(thrown, 'constraint'))] : undefined,
  );

/** Runs `work`, which removes something; that something else refers to it becomes the module's own error. */
export const translateInUse = <T>(error: ErrorFactory, work: () => Promise<T>): Promise<T> =>
  translate(work, (thrown) => (codeOf(thrown) === '23503' ? error : undefined));
