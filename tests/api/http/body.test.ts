import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Joi from 'joi';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { sendRaw, type RawResponse } from '../../helpers/raw-request.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const sentinel = 'SENTINEL-7f3a';
const id = '0195f2d0-0000-7000-8000-000000000000';

interface Case {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly rule?: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const nested = (depth: number): string =>
  '{"a":'.repeat(depth - 1) + `{"a":"${sentinel}"}` + '}'.repeat(depth - 1);
const keyed = (count: number): string =>
  JSON.stringify(
    Object.fromEntries(Array.from({ length: count }, (_key, index) => [`${sentinel}${index}`, 1])),
  );

const malformed = (name: string, body: string | Uint8Array, headers = {}): Case => ({
  name, status: 400, code: 'MALFORMED_JSON', body, headers,
}); // prettier-ignore
const unsafe = (name: string, rule: string, body: string): Case => ({
  name, status: 400, code: 'VALIDATION_ERROR', rule, body,
}); // prettier-ignore
const untyped = (name: string, headers: Record<string, string>): Case => ({
  name, status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', body: `{"a":"${sentinel}"}`, headers,
}); // prettier-ignore

const cases: readonly Case[] = [
  malformed('cut off', `{"a":"${sentinel}`),
  malformed('no JSON', sentinel),
  malformed('a text', `"${sentinel}"`),
  malformed('null', 'null'),
  malformed('a number', '1'),
  malformed('JSON twice', `{"a":"${sentinel}"}{}`),
  malformed('a comment', `{} // ${sentinel}`),
  malformed('NaN', '{"a":NaN}'),
  malformed('invalid UTF-8', Buffer.from(`{"a":"${sentinel}\xff"}`, 'latin1')),
  malformed('UTF-16', Buffer.from(`{"a":"${sentinel}"}`, 'utf16le')),
  malformed('an overlong NUL', Buffer.from('{"a":"\xc0\x80"}', 'latin1')),
  unsafe('a list', 'object.base', '[]'),
  unsafe('a list with the right object', 'object.base', `[{"a":"${sentinel}"}]`),
  unsafe('NUL in a text', 'string.unsafe', `{"a":"${sentinel}\\u0000"}`),
  unsafe('NUL in a key', 'string.unsafe', `{"${sentinel}\\u0000":1}`),
  unsafe('half a surrogate pair', 'string.unsafe', `{"a":"${sentinel}\\ud800"}`),
  unsafe('half a surrogate pair in a key', 'string.unsafe', `{"${sentinel}\\udc00":1}`),
  unsafe('__proto__', 'json.proto', `{"__proto__":{"isAdmin":"${sentinel}"}}`),
  unsafe('__proto__ deep inside', 'json.proto', `{"a":[{"__proto__":"${sentinel}"}]}`),
  unsafe('33 levels', 'json.depth', nested(33)),
  unsafe('49,000 nested lists', 'json.depth', '['.repeat(49_000) + ']'.repeat(49_000)),
  unsafe('1,001 keys', 'json.keys', keyed(1_001)),
  unsafe('1,001 items', 'json.keys', `{"a":[${Array.from({ length: 1_000 }, () => 1).join(',')}]}`),
  { name: 'too long', status: 413, code: 'PAYLOAD_TOO_LARGE', body: `{"a":"${sentinel.padEnd(102_400, 'x')}"}` },
  {
    name: 'a gzip bomb', status: 413, code: 'PAYLOAD_TOO_LARGE',
    body: gzipSync(`{"a":"${'x'.repeat(10_000_000)}"}`), headers: { 'Content-Encoding': 'gzip' },
  },
  {
    name: 'no gzip', status: 400, code: 'BAD_REQUEST',
    body: `{"a":"${sentinel}"}`, headers: { 'Content-Encoding': 'gzip' },
  },
  untyped('text', { 'Content-Type': 'text/plain' }),
  untyped('a form', { 'Content-Type': 'application/x-www-form-urlencoded' }),
  untyped('no type', { 'Content-Type': '' }),
  untyped('another JSON type', { 'Content-Type': 'application/merge-patch+json' }),
  untyped('another charset', { 'Content-Type': 'application/json; charset=iso-8859-1' }),
  untyped('charset utf-16', { 'Content-Type': 'application/json; charset=utf-16' }),
  untyped('another charset in quotation marks', { 'Content-Type': 'application/json; x=1; charset="latin1"' }),
  untyped('an unknown charset', { 'Content-Type': `application/json; charset=${sentinel}` }),
  untyped('an unknown encoding', { 'Content-Encoding': sentinel }),
]; // prettier-ignore

describe('the body of every write', () => {
  let test: TestApp;
  let admin: TestUser;
  let routes: { method: string; path: string; hasBody: boolean; needsBody: boolean }[];

  beforeAll(async () => {
    test = await buildThingsApp();
    admin = await test.buildUser({ roles: ['admin'] });
    routes = test.app.modules.routes
      // Skip uploads, which have other rules: tests/http/upload.test.ts checks them.
      .filter(({ route }) => route.method !== 'get' && route.upload === undefined)
      .map(({ path, route }) => ({
        method: route.method.toUpperCase(),
        path: path.replace(':id', id),
        hasBody: route.body !== undefined,
        needsBody: route.body !== undefined && Joi.compile(route.body).validate({}).error !== undefined,
      }));
  });
  afterAll(() => test.close());

  const send = (method: string, path: string, { body, headers = {} }: Pick<Case, 'body' | 'headers'>) =>
    sendRaw(test.url, {
      method,
      path,
      headers: {
        Authorization: `Bearer ${admin.accessToken}`,
        'Idempotency-Key': `key-for-bodies-${id}`,
        'Content-Type': 'application/json',
        ...headers,
      },
      body,
    });

  const countRows = () =>
    test.db.query(
      `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM sessions) AS sessions,
         (SELECT count(*)::int FROM things) AS things, (SELECT count(*)::int FROM things WHERE stock < 10) AS loans,
         (SELECT count(*)::int FROM idempotency_records) AS answers`,
    );

  const expectRefusal = (answer: RawResponse, { status, code, rule }: Omit<Case, 'body' | 'name'>): void => {
    expect(answer.text).not.toContain(sentinel);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    const error = JSON.parse(answer.text) as Record<string, unknown>;
    expect({ answered: answer.status, ...error }).toEqual({
      answered: status,
      status: 'error',
      code,
      message: expect.any(String),
      requestId: answer.headers['x-request-id'],
      ...(rule !== undefined && {
        details: expect.arrayContaining([{ in: 'body', path: '', rule, message: expect.any(String) }]),
      }),
    });
  };

  it.each(cases)('$status for a body that is $name, without an effect', async (one) => {
    const before = await countRows();
    const answers = await Promise.all(routes.map(({ method, path }) => send(method, path, one)));
    for (const answer of answers) expectRefusal(answer, one);
    expect(answers.length).toBeGreaterThan(10);
    expect(await countRows()).toEqual(before);
    expect(test.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('415 or 400 on a read; no body or {} is accepted', async () => {
    const path = '/api/v1/things';
    for (const body of ['', '{}']) expect((await send('GET', path, { body })).status).toBe(200);
    const refused = await send('GET', path, { body: '{"a":1}' });
    expect(JSON.parse(refused.text)).toMatchObject({
      details: [{ in: 'body', path: 'a', rule: 'object.unknown' }],
    });
    const typed = { body: 'a', headers: { 'Content-Type': 'text/plain' } };
    expect((await send('GET', path, typed)).status).toBe(415);
    expect((await send('HEAD', path, typed)).status).toBe(415);
  });

  it('accepts an empty chunked body of any type as no body', async () => {
    const headers = { 'Transfer-Encoding': 'chunked', 'Content-Type': 'text/plain' };
    const answer = await sendRaw(test.url, { method: 'GET', path: '/api/v1/things', headers });
    expect(answer.status).toBe(200);
  });

  it('400 without a required body', async () => {
    for (const { method, path } of routes.filter(({ needsBody }) => needsBody)) {
      const answer = await send(method, path, { body: '' });
      expect({ path, status: answer.status, ...JSON.parse(answer.text) }).toMatchObject({
        path,
        status: 'error',
        code: 'VALIDATION_ERROR',
        details: expect.arrayContaining([expect.objectContaining({ in: 'body' })]),
      });
    }
  });

  it('400 for a field on a route without a body', async () => {
    for (const { method, path } of routes.filter(({ hasBody }) => !hasBody)) {
      const answer = await send(method, path, { body: '{"a":1}' });
      expect(JSON.parse(answer.text)).toMatchObject({
        code: 'VALIDATION_ERROR',
        details: expect.arrayContaining([
          { in: 'body', path: 'a', rule: 'object.unknown', message: expect.any(String) },
        ]),
      });
    }
  });

  it('accepts no body or {} on a route without a body', async () => {
    const path = `/api/v1/loans/${id}/cancel`;
    for (const body of ['', '{}', ' {} ']) {
      const answer = await send('POST', path, { body });
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'LOANS_NOT_FOUND' });
    }
    const untypedAnswer = await send('POST', path, { body: '', headers: { 'Content-Type': 'text/plain' } });
    expect(untypedAnswer.status).toBe(404);
  });

  it('accepts JSON in UTF-8 in every spelling of its type, compressed or not', async () => {
    const body = JSON.stringify({ sku: 'A', name: 'Lamp', priceMinor: 1, currency: 'EUR', stock: -1 });
    const types = [
      'application/json',
      'application/json;charset=utf-8',
      'Application/JSON; charset="UTF-8"',
      'application/json; charset=utf-8',
      'application/json;charset=utf8',
      'application/json; charset="utf\\-8"',
      'application/json; profile="https://example.com/a;b"; charset=UTF8; q=1',
    ];
    for (const type of types) {
      const answer = await send('POST', '/api/v1/things', { body, headers: { 'Content-Type': type } });
      expect(answer.text).toContain('number.min');
    }
    const packed = { body: gzipSync(body), headers: { 'Content-Encoding': 'gzip' } };
    expect((await send('POST', '/api/v1/things', packed)).text).toContain('number.min');
  });

  it('accepts 32 levels and 1,000 keys', async () => {
    for (const body of [nested(32), keyed(1_000)]) {
      const answer = await send('POST', '/api/v1/things', { body });
      expect(answer.text).toContain('object.unknown');
    }
  });

  it.each([
    ['1e400', 'number.infinity'],
    ['-1e400', 'number.infinity'],
    ['9007199254740993', 'number.unsafe'],
    ['1e21', 'number.unsafe'],
    ['1.5', 'number.integer'],
    ['5e-324', 'number.integer'],
    ['"1"', 'number.base'],
    ['true', 'number.base'],
    ['[1]', 'number.base'],
    ['{}', 'number.base'],
    ['null', 'number.base'],
  ])('400 for the number %s', async (number, rule) => {
    const body = `{"sku":"A","name":"Lamp","currency":"EUR","priceMinor":${number}}`;
    const answer = await send('POST', '/api/v1/things', { body });
    expect(answer.status).toBe(400);
    const { details } = JSON.parse(answer.text) as { details: { path: string; rule: string }[] };
    expect(details.map((issue) => `${issue.path} ${issue.rule}`)).toContain(`priceMinor ${rule}`);
  });

  it('reads -0 as 0', async () => {
    const body = '{"sku":"MINUS","name":"Lamp","currency":"EUR","priceMinor":-0,"stock":-0}';
    const answer = await send('POST', '/api/v1/things', { body });
    expect(JSON.parse(answer.text)).toMatchObject({ data: { priceMinor: 0, stock: 0 } });
    const read = await test.http.get('/things').expect(200);
    expect(read.body.data[0]).toMatchObject({ sku: 'MINUS', priceMinor: 0, stock: 0 });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'prototype', '', ' ', 'a.b', '$where'])(
    '400 for an unknown field %j',
    async (field) => {
      const answer = await send('PATCH', `/api/v1/things/${id}`, { body: JSON.stringify({ [field]: 1 }) });
      expect(JSON.parse(answer.text)).toMatchObject({
        code: 'VALIDATION_ERROR',
        details: [{ in: 'body', path: field, rule: 'object.unknown' }],
      });
    },
  );
});
