import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { sendRaw, type RawResponse } from '../../helpers/raw-request.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const id = '0195f2d0-0000-7000-8000-000000000000';
const sentinel = 'SENTINEL-7f3a';

describe('URLs', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const send = (path: string, method = 'GET') =>
    sendRaw(test.url, { method, path, headers: { Authorization: `Bearer ${admin.accessToken}` } });

  const expectError = (answer: RawResponse, status: number, code: string): Record<string, unknown> => {
    const error = JSON.parse(answer.text) as Record<string, unknown>;
    expect({ answered: answer.status, code: error['code'] }).toEqual({ answered: status, code });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(error).toMatchObject({ status: 'error', requestId: answer.headers['x-request-id'] });
    expect(answer.text).not.toContain(sentinel);
    return error;
  };

  describe('400', () => {
    it.each([
      '/api/v1/things/%',
      '/api/v1/things/%zz',
      '/api/v1/things/%ff',
      '/api/v1/things/%ed%a0%80',
      '/api/v1/things/%c0%80',
      '/api/v1/%e0%a4%a',
      '/%',
      '/docs/%ff',
      '/openapi.json?%',
      `/api/v1/things?q=${sentinel}%`,
      '/api/v1/things?q=%ff',
      '/api/v1/things?q=%ed%a0%80',
      '/api/v1/things?%zz=1',
      '/nowhere?%zz',
    ])('for %s, which is not correctly percent-encoded', async (path) => {
      expectError(await send(path), 400, 'MALFORMED_URL');
    });

    it.each([
      ['12', 'string.guid'],
      ['%00', 'string.unsafe'],
      [`${id}%00`, 'string.unsafe'],
      ['a%2Fb', 'string.guid'],
      ['..%2F..%2Fetc%2Fpasswd', 'string.guid'],
      [`%7B${id}%7D`, 'string.guid'],
      [id.replaceAll('-', ''), 'string.guid'],
      [`${id}%0A`, 'string.guid'],
      [`%20${id}`, 'string.guid'],
      [`${sentinel}'--`, 'string.guid'],
      ['%F0%9F%92%A9', 'string.guid'],
      ['__proto__', 'string.guid'],
    ])('for the id %s on every route with an id', async (bad, rule) => {
      for (const { path, route } of test.app.modules.routes.filter((one) => one.path.includes(':id'))) {
        const answer = await send(path.replace(':id', bad), route.method.toUpperCase());
        const error = expectError(answer, 400, 'VALIDATION_ERROR');
        expect(error['details']).toContainEqual(expect.objectContaining({ in: 'params', path: 'id', rule }));
      }
    });

    it.each([
      ['page=+5', 'page number.base'],
      ['page=%2B5', 'page number.base'],
      ['page=%205%20', 'page number.base'],
      ['page=1e2', 'page number.base'],
      ['page=0x10', 'page number.base'],
      ['page=NaN', 'page number.base'],
      ['page=Infinity', 'page number.base'],
      ['page=1.5', 'page number.integer'],
      ['page=-1', 'page number.min'],
      ['page=', 'page number.base'],
      ['page', 'page number.base'],
      ['page=%D9%A5', 'page number.base'],
      ['page=9007199254740993', 'page number.base'],
      [`page=${sentinel}`, 'page number.base'],
      ['page=1&page=2', 'page any.repeated'],
      ['sort=name&sort=name', 'sort any.repeated'],
      ['page[]=1', 'page[] object.unknown'],
      ['page[a]=1', 'page[a] object.unknown'],
      ['__proto__=1', '__proto__ object.unknown'],
      ['constructor=1', 'constructor object.unknown'],
      ['toString=1', 'toString object.unknown'],
      ['hasOwnProperty=1&hasOwnProperty=2', 'hasOwnProperty any.repeated'],
      [`sort=${sentinel}`, 'sort string.pattern.base'],
      [`cursor=${sentinel}`, 'cursor cursor.invalid'],
    ])('for the query %s on every list', async (query, issue) => {
      for (const list of ['things', 'loans', 'users']) {
        const error = expectError(await send(`/api/v1/${list}?${query}`), 400, 'VALIDATION_ERROR');
        const details = error['details'] as { in: string; path: string; rule: string }[];
        expect(details.map((one) => `${one.in} ${one.path} ${one.rule}`)).toEqual([`query ${issue}`]);
      }
    });

    it('for NUL in any text of a query', async () => {
      const error = expectError(await send('/api/v1/things?q=a%00b&sort=%00'), 400, 'VALIDATION_ERROR');
      expect(error['details']).toMatchObject([
        { in: 'query', path: 'q', rule: 'string.unsafe' },
        { in: 'query', path: 'sort', rule: 'string.unsafe' },
      ]);
    });

    it('for any query on a route without one', async () => {
      for (const path of [`/api/v1/things/${id}?a=1`, '/api/v1/users/me?a=1', `/api/v1/loans/${id}?a=1`]) {
        const error = expectError(await send(path), 400, 'VALIDATION_ERROR');
        expect(error['details']).toMatchObject([{ in: 'query', path: 'a', rule: 'object.unknown' }]);
      }
    });
  });

  describe('404', () => {
    it.each([
      '/',
      '/nowhere',
      `/${sentinel}`,
      '/api',
      '/api/v1',
      '/api/v1/',
      '/api/v2/things',
      '/api/v1/things/',
      `/api/v1/things/${id}/`,
      `/api/v1/things/${id}/more`,
      '/api/v1/Things',
      '/API/v1/things',
      '/api/v1//things',
      '//api/v1/things',
      '/api/v1/things%2F',
      '/api/v1%2Fthings',
      '/api/v1/things;a=1',
      '/health',
      '/health/',
      '/health/live/',
      '/Health/live',
      '/docs/',
      '/docs/nowhere',
      '/docs/assets/nowhere.js',
      '/docs/assets/..%2f..%2fpackage.json',
      '/openapi.json/',
      '/metrics',
      '/favicon.ico',
      '/.env',
      '/<script>alert(1)</script>',
    ])('for %s', async (path) => {
      expectError(await send(path), 404, 'NOT_FOUND');
      expectError(await send(path, 'POST'), 404, 'NOT_FOUND');
    });
  });

  describe('405', () => {
    it.each([
      ['/api/v1/things', 'PUT', 'GET, HEAD, POST, OPTIONS'],
      ['/api/v1/things', 'DELETE', 'GET, HEAD, POST, OPTIONS'],
      ['/api/v1/things', 'PROPFIND', 'GET, HEAD, POST, OPTIONS'],
      ['/api/v1/things', 'TRACE', 'GET, HEAD, POST, OPTIONS'],
      [`/api/v1/things/${id}`, 'POST', 'GET, HEAD, PATCH, DELETE, OPTIONS'],
      ['/api/v1/things/12', 'PUT', 'GET, HEAD, PATCH, DELETE, OPTIONS'],
      ['/api/v1/loans', 'PATCH', 'POST, GET, HEAD, OPTIONS'],
      [`/api/v1/loans/${id}`, 'DELETE', 'GET, HEAD, OPTIONS'],
      [`/api/v1/loans/${id}/cancel`, 'GET', 'POST, OPTIONS'],
      ['/api/v1/auth/login', 'GET', 'POST, OPTIONS'],
      ['/health/live', 'POST', 'GET, HEAD, OPTIONS'],
      ['/health/ready', 'DELETE', 'GET, HEAD, OPTIONS'],
      ['/openapi.json', 'POST', 'GET, HEAD, OPTIONS'],
      ['/docs', 'POST', 'GET, HEAD, OPTIONS'],
    ])('for %s with %s', async (path, method, allow) => {
      const answer = await send(path, method);
      expectError(answer, 405, 'METHOD_NOT_ALLOWED');
      expect(answer.headers['allow']).toBe(allow);
    });

    it('for other methods of every path, with its methods in Allow', async () => {
      for (const path of new Set(test.app.modules.routes.map((route) => route.path))) {
        const methods = test.app.modules.routes
          .filter((route) => route.path === path)
          .flatMap(({ route }) => (route.method === 'get' ? ['GET', 'HEAD'] : [route.method.toUpperCase()]));
        const answer = await send(path.replace(':id', id), 'LOCK');
        expectError(answer, 405, 'METHOD_NOT_ALLOWED');
        expect(String(answer.headers['allow']).split(', ').sort()).toEqual([...methods, 'OPTIONS'].sort());
      }
    });
  });
});
