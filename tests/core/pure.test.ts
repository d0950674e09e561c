import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { buildRoleTable, permissionsOf } from '../../src/core/access.ts';
import { AppError, coreErrors, defineErrors, invalidInput } from '../../src/core/errors.ts';
import { problemType, statusOf } from '../../src/http/envelope.ts';
import { fingerprintOf, readIdempotencyKey } from '../../src/http/idempotency.ts';
import { languages } from '../../src/core/languages.ts';
import { assertOnePaging, decodeCursor, encodeCursor, parseSort } from '../../src/core/pagination.ts';
import { renderError } from '../../src/http/problem.ts';
import { assertVersion, etagOf, isNotModified, parseIfMatch } from '../../src/core/version.ts';
import { textsOf } from '../helpers/texts.ts';

const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};

describe('errors', () => {
  const errors = defineErrors({ gone: textsOf('It is gone.') }, { gone: ['not_found', 'THINGS_GONE'] });

  it('have kind, code and message, also on the factory', () => {
    const cause = new Error('why');
    const error = errors.gone({ id: 1 }, { cause, headers: { 'Retry-After': '1' } });
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      kind: 'not_found',
      code: 'THINGS_GONE',
      message: 'It is gone.',
      details: [{ id: 1 }],
    });
    expect(error.cause).toBe(cause);
    expect(error.headers).toEqual({ 'Retry-After': '1' });
    expect({ ...errors.gone }).toEqual({
      kind: 'not_found',
      code: 'THINGS_GONE',
      message: 'It is gone.',
      texts: textsOf('It is gone.'),
    });
    expect(errors.gone([{ a: 1 }, { b: 2 }]).details).toHaveLength(2);
    expect('cause' in errors.gone()).toBe(false);
  });

  it('have the statuses of RFC 9110', () => {
    const kinds = Object.values(coreErrors).map(({ kind }) => [kind, statusOf(kind)]);
    expect(Object.fromEntries(kinds)).toEqual({
      invalid: 400,
      unauthenticated: 401,
      forbidden: 403,
      not_found: 404,
      method_not_allowed: 405,
      timeout: 408,
      conflict: 409,
      precondition: 412,
      too_large: 413,
      headers_too_large: 431,
      unsupported: 415,
      unprocessable: 422,
      too_many: 429,
      internal: 500,
      unavailable: 503,
    });
  });

  it('are rendered as an envelope or a problem document, without their cause', () => {
    const error = errors.gone({ id: 1 }, { cause: new Error('the password is hunter2') });
    const plain = renderError(error, { requestId: 'r1', isProblem: false, language: null });
    expect(JSON.parse(plain.body)).toEqual({
      status: 'error',
      code: 'THINGS_GONE',
      message: 'It is gone.',
      details: [{ id: 1 }],
      requestId: 'r1',
    });
    expect(plain.headers).toEqual({
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Language': 'en',
      'Cache-Control': 'no-store',
    });
    const problem = renderError(errors.gone(), { requestId: 'r1', isProblem: true, language: 'en' });
    expect(JSON.parse(problem.body)).toEqual({
      type: 'about:blank',
      title: 'It is gone.',
      status: 404,
      detail: 'It is gone.',
      code: 'THINGS_GONE',
      requestId: 'r1',
    });
    expect(problem.headers['Content-Type']).toBe(problemType);
  });

  it.each([...languages, null])('are rendered in the language of the caller: %s', (language) => {
    const [both, odd] = [textsOf('Both.'), textsOf('is odd')];
    const error = defineErrors({ both }, { both: ['invalid', 'THINGS_BOTH'] }).both([
      { path: 'a', message: odd },
      { message: 'as it is' },
      {},
    ]);
    const { headers, body } = renderError(error, { requestId: 'r1', isProblem: false, language });
    const used = language ?? 'en';
    expect(error.message).toBe('Both.');
    expect(headers['Content-Language']).toBe(used);
    expect(JSON.parse(body)).toMatchObject({
      message: both[used],
      details: [{ path: 'a', message: odd[used] }, { message: 'as it is' }, {}],
    });
  });
});

describe('versions', () => {
  it('are strong entity tags', () => {
    expect(etagOf(3)).toBe('"v3"');
  });

  it.each([
    [undefined, 3, true],
    ['*', 3, true],
    ['"v3"', 3, true],
    ['"v1", "v3"', 3, true],
    ['"v2"', 3, false],
    ['W/"v3"', 3, true],
    ['"v3-gzip"', 3, true],
    ['"v3--gzip"', 3, true],
    ['"v3;gzip"', 3, true],
    ['"v3-br"', 3, true],
    ['"v3-zstd"', 3, true],
    ['W/"v3-gzip"', 3, true],
    ['"v3"-gzip', 3, true],
    ['"v1-gzip",\tW/"v3-br"', 3, true],
    ['W/"v2"', 3, false],
    ['"v2-gzip"', 3, false],
    ['"v33-gzip"', 3, false],
    ['"v3-gzip-br"', 3, false],
    ['"v3-other"', 3, false],
    ['"v03"', 3, false],
    ['"3-gzip"', 3, false],
    ['w/"v3"', 3, false],
    ['W/v3', 3, false],
    ['"W/v3"', 3, false],
    ['v3', 3, false],
    ['v3-gzip', 3, false],
    ['', 3, false],
  ])('If-Match: %s of version %i fits: %s', (header, version, fits) => {
    const result = codeOf(() => {
      assertVersion(version, parseIfMatch(header));
    });
    expect(result).toBe(fits ? undefined : 'PRECONDITION_FAILED');
  });

  it.each([
    [undefined, false],
    ['*', true],
    ['"v3"', true],
    ['W/"v3"', true],
    ['"v1", W/"v3"', true],
    ['"v3-gzip"', true],
    ['W/"v3--gzip"', true],
    ['"v1", "v3;gzip"', true],
    ['"v2"', false],
    ['"v2-gzip"', false],
    ['"v3-other"', false],
  ])('If-None-Match: %s is not modified: %s', (header, expected) => {
    expect(isNotModified(header, '"v3"')).toBe(expected);
  });
});

describe('sorting', () => {
  it('parses fields and directions', () => {
    expect(parseSort('-createdAt,name')).toEqual([
      { field: 'createdAt', isDescending: true },
      { field: 'name', isDescending: false },
    ]);
  });

  it('refuses a repeated field', () => {
    expect(codeOf(() => parseSort('name,-name'))).toBe('VALIDATION_ERROR');
  });

  it('refuses page and cursor together', () => {
    const query = { limit: 1, sort: 'a' };
    expect(
      codeOf(() => {
        assertOnePaging({ ...query, page: 1, cursor: '' });
      }),
    ).toBe('VALIDATION_ERROR');
    assertOnePaging({ ...query, page: 1 });
    assertOnePaging({ ...query, cursor: '' });
  });
});

describe('cursors', () => {
  const any = () => true;
  const sealed = (payload: string) =>
    `${payload}.${createHash('sha256').update(payload).digest('base64url').slice(0, 12)}`;
  const inBase64 = (value: string) => Buffer.from(value).toString('base64url');

  it('decode to the encoded values', () => {
    const values = ['2026-01-02T03:04:05.678Z', 'Ünï', 12, false];
    expect(decodeCursor(encodeCursor('-a,b', values), '-a,b', 4, any)).toEqual(values);
  });

  const good = encodeCursor('a', ['x', 'y']);
  it.each([
    ['another order', good, 'b', 2],
    ['another length', good, 'a', 3],
    ['damage', `${good.slice(0, -1)}~`, 'a', 2],
    ['something behind it', `${good}.x`, 'a', 2],
    ['nothing', '', 'a', 2],
    ['nonsense', 'abc', 'a', 2],
    ['what is no JSON, with the right checksum', sealed(inBase64('{')), 'a', 2],
    ['what is no list, with the right checksum', sealed(inBase64('{"a":1}')), 'a', 2],
    ['values of no kind, with the right checksum', sealed(inBase64('["a",null,{}]')), 'a', 2],
    ['a number beyond numbers', sealed(inBase64('["a",1e999,1]')), 'a', 2],
  ])('refuses %s', (_name, cursor, sort, count) => {
    expect(codeOf(() => decodeCursor(cursor, sort, count, any))).toBe('VALIDATION_ERROR');
  });

  it('refuses values that do not fit', () => {
    const isFirst = (_value: unknown, index: number) => index === 0;
    expect(codeOf(() => decodeCursor(good, 'a', 2, isFirst))).toBe('VALIDATION_ERROR');
  });
});

describe('Idempotency-Key', () => {
  it('is accepted with or without quotes', () => {
    expect(readIdempotencyKey('abcdefghijklmnop', true).key).toBe('abcdefghijklmnop');
    expect(readIdempotencyKey('"abcdefghijklmnop"', true).key).toBe('abcdefghijklmnop');
    expect(readIdempotencyKey(undefined, false)).toEqual({ issues: [] });
  });

  it.each([undefined, '', 'short', 'a'.repeat(256), 'abcdefghijklmnop!', 'abc defghijklmnop'])(
    'refuses %s',
    (header) => {
      expect(readIdempotencyKey(header, true).issues).toHaveLength(1);
    },
  );

  it('has a fingerprint that does not depend on the order of keys', () => {
    expect(fingerprintOf({ a: 1, b: { c: 2, d: 3 } })).toBe(fingerprintOf({ b: { d: 3, c: 2 }, a: 1 }));
    expect(fingerprintOf({ a: [1, 2] })).not.toBe(fingerprintOf({ a: [2, 1] }));
    expect(fingerprintOf({ a: 1 })).not.toBe(fingerprintOf({ a: '1' }));
  });
});

describe('roles', () => {
  const module = {
    name: 'things',
    permissions: { 'things:a': 'A', 'things:b': 'B' },
    grants: { user: ['things:a'] },
  };

  it('have the permissions of all modules together', () => {
    const other = {
      name: 'others',
      permissions: { 'others:c': 'C' },
      grants: { user: ['others:c'], admin: ['others:c'] },
    };
    const table = buildRoleTable([module, other]);
    expect(permissionsOf(table, ['user'])).toEqual(new Set(['things:a', 'others:c']));
    expect(permissionsOf(table, ['user', 'admin'])).toEqual(new Set(['things:a', 'others:c']));
    expect(permissionsOf(table, [])).toEqual(new Set());
    expect(permissionsOf(table, ['nobody'])).toEqual(new Set());
  });

  it('cannot be granted an undeclared permission', () => {
    const wrong = { ...module, grants: { admin: ['things:z'] } };
    expect(() => buildRoleTable([wrong])).toThrow(
      'Module "things" grants "things:z" to admin without declaring it: add it to the module\'s permissions.',
    );
  });
});

describe('invalidInput', () => {
  it('returns one error for all issues', () => {
    const issue = { in: 'body', path: 'a', rule: 'r', message: 'm' } as const;
    expect(invalidInput(issue, issue)).toMatchObject({ code: 'VALIDATION_ERROR', details: [issue, issue] });
  });
});
