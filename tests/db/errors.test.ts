import { describe, expect, it } from '@jest/globals';
import { defineErrors } from '../../src/core/errors.ts';
import { statusOf } from '../../src/http/envelope.ts';
import {
  isOutage,
  isRetryable,
  toDatabaseError,
  translateInUse,
  translateUnique,
  translateViolations,
} from '../../src/db/errors.ts';
import { textsOf } from '../helpers/texts.ts';

const withCode = (code: string, fields = {}) =>
  Object.assign(new Error('SENTINEL in the text'), { code, ...fields });

const { taken } = defineErrors({ taken: textsOf('It is taken.') }, { taken: ['conflict', 'TAKEN'] });

describe('toDatabaseError', () => {
  it.each(['22P02', '22003', '22001', '22007', '22008', '22021', '22P05', '23514'])(
    'maps %s to a validation error',
    (code) => {
      expect(toDatabaseError(withCode(code))).toMatchObject({ kind: 'invalid', code: 'VALIDATION_ERROR' });
    },
  );

  it.each(['23505', '23503'])('maps %s to a conflict', (code) => {
    expect(toDatabaseError(withCode(code))).toMatchObject({ kind: 'conflict', code: 'CONFLICT' });
  });

  it.each([
    '53000', '53100', '53200', '53400', '58000', '58030', 'XX001', 'XX002',
    '40001', '40P01', '55P03', '57014', '53300', '57P01', '57P02', '57P03', '25006', '08000', '08001', '08003', '08006',
    '08P01', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
  ])('maps %s to unavailable with Retry-After', (code) => {
    const error = toDatabaseError(withCode(code));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', headers: { 'Retry-After': '1' } });
    expect(statusOf(error?.kind ?? 'internal')).toBe(503);
  }); // prettier-ignore

  it.each([
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'Query runner already released. Cannot run queries anymore.',
  ])('maps "%s" to unavailable', (message) => {
    expect(toDatabaseError(new Error(message))).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([
    withCode('42P01'),
    withCode('22012'),
    new Error('anything'),
    'a text',
    null,
    undefined,
    { code: 23505 },
  ])('returns undefined for %p', (error) => {
    expect(toDatabaseError(error)).toBeUndefined();
  });

  it('keeps the database message in the cause', () => {
    const cause = withCode('23505');
    const error = toDatabaseError(cause);
    expect(error?.cause).toBe(cause);
    expect(`${error?.message} ${JSON.stringify(error?.details)}`).not.toContain('SENTINEL');
  });
});

describe('isRetryable and isOutage', () => {
  it.each([
    ['40001', true, false],
    ['40P01', true, false],
    ['55P03', true, false],
    ['57P01', false, true],
    ['57014', false, true],
    ['23505', false, false],
    ['22P02', false, false],
  ])('return for %s: %p and %p', (code, retryable, outage) => {
    expect([isRetryable(withCode(code)), isOutage(withCode(code))]).toEqual([retryable, outage]);
  });
});

describe('translateUnique', () => {
  const run = (error: unknown) => translateUnique('things_name', taken, () => Promise.reject(error as Error));

  it('returns the result of the work', async () => {
    await expect(translateUnique('things_name', taken, async () => 5)).resolves.toBe(5);
  });

  it('throws the given error for its constraint', async () => {
    const cause = withCode('23505', { constraint: 'things_name' });
    await expect(run(cause)).rejects.toMatchObject({ code: 'TAKEN', cause });
  });

  it.each([
    withCode('23505', { constraint: 'things_code' }),
    withCode('23505'),
    withCode('23503', { constraint: 'things_name' }),
    new Error('anything'),
  ])('rethrows any other error', async (error) => {
    await expect(run(error)).rejects.toBe(error);
  });
});

describe('translateViolations', () => {
  const fail = (error: Error) => translateViolations({ a_unique: taken }, () => Promise.reject(error));

  it.each(['23505', '23503'])('maps %s to the given error by constraint name', async (code) => {
    await expect(fail(withCode(code, { constraint: 'a_unique' }))).rejects.toMatchObject({ code: 'TAKEN' });
    const other = withCode(code, { constraint: 'b_unique' });
    await expect(fail(other)).rejects.toBe(other);
  });

  it('rethrows everything else', async () => {
    const check = withCode('23514', { constraint: 'a_unique' });
    await expect(fail(check)).rejects.toBe(check);
  });
});

describe('translateInUse', () => {
  it('throws the given error for any remaining reference', async () => {
    const fail = (error: Error) => translateInUse(taken, () => Promise.reject(error));
    await expect(fail(withCode('23503', { constraint: 'anything' }))).rejects.toMatchObject({
      code: 'TAKEN',
    });
    const unique = withCode('23505');
    await expect(fail(unique)).rejects.toBe(unique);
  });
});
