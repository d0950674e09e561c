import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { sendRaw } from '../../helpers/raw-request.ts';
import { buildThing, buildThingsApp } from '../../helpers/things.ts';

const shop = 'https://shop.example';

describe('response headers', () => {
  let test: TestApp;
  let manager: TestUser;
  let thingPath: string;

  beforeAll(async () => {
    test = await buildThingsApp({
      settings: {
        CORS_ORIGINS: `${shop},https://admin.example`,
        CORS_ALLOWED_HEADERS: 'x-datadog-trace-id, X-B3-TraceId',
      },
    });
    manager = await test.buildUser({ roles: ['manager'] });
    thingPath = `/api/v1/things/${(await buildThing(test, manager)).id}`;
  });
  afterAll(() => test.close());

  const send = (method: string, path: string, headers: Record<string, string> = {}) =>
    sendRaw(test.url, { method, path, headers });

  const mine = () => ({ Authorization: `Bearer ${manager.accessToken}` });

  it.each([
    ['/api/v1/things'],
    ['/api/v1/loans'],
    ['/nowhere'],
    ['/%'],
    ['/health/live'],
    ['/health/ready'],
    ['/openapi.json'],
  ])('forbid browsers to run, frame or sniff %s', async (path) => {
    const { headers } = await send('GET', path);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-site',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    // HSTS is sent in production only. On localhost it would force https for the developer's other projects too.
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  describe('Cache-Control and ETag', () => {
    it.each([
      ['GET', '/api/v1/things', 'public, no-cache'],
      ['GET', '/api/v1/things?cursor=', 'public, no-cache'],
      ['GET', '/api/v1/things?page=0', 'no-store'],
      ['GET', '/api/v1/things/12', 'no-store'],
      ['GET', '/api/v1/loans', 'no-store'],
      ['GET', '/api/v1/loans?page=0', 'no-store'],
      ['GET', '/api/v1/auth/sessions', 'no-store'],
      ['PUT', '/api/v1/things', 'no-store'],
      ['GET', '/nowhere', 'no-store'],
      ['GET', '/health/live', 'no-store'],
      ['GET', '/health/ready', 'no-store'],
    ])('of %s %s: %s, without ETag', async (method, path, cacheControl) => {
      const { headers } = await send(method, path, mine());
      expect(headers['cache-control']).toBe(cacheControl);
      expect(headers).not.toHaveProperty('etag');
    });

    it('of a public read are the same for a signed-in caller', async () => {
      const { headers } = await send('GET', thingPath, mine());
      expect(headers).toMatchObject({ 'cache-control': 'public, no-cache', etag: '"v1"' });
    });

    it('of an account are its version and no-store', async () => {
      const { headers } = await send('GET', '/api/v1/users/me', mine());
      expect(headers).toMatchObject({ 'cache-control': 'no-store', etag: '"v1"' });
    });

    it.each(['"v1"', 'W/"v1"', '*', '"v9", "v1"', '"v1-gzip"', 'W/"v1-br"'])(
      'of a 304 to %s: the same',
      async (ifNoneMatch) => {
        const answer = await send('GET', thingPath, { 'If-None-Match': ifNoneMatch });
        expect({ status: answer.status, text: answer.text }).toEqual({ status: 304, text: '' });
        expect(answer.headers).toMatchObject({ 'cache-control': 'public, no-cache', etag: '"v1"' });
        expect(answer.headers).not.toHaveProperty('content-type');
      },
    );

    it.each(['"v2"', 'v1', '"v10"'])('of a 200 for If-None-Match: %s', async (ifNoneMatch) => {
      expect((await send('GET', thingPath, { 'If-None-Match': ifNoneMatch })).status).toBe(200);
    });
  });

  describe('HEAD', () => {
    it.each(['/api/v1/things', '/nowhere', '/api/v1/things/12', '/api/v1/loans', '/health/live', '/openapi.json'])(
      'of %s: as GET, without the body',
      async (path) => {
        const get = await send('GET', path, { 'X-Request-Id': 'same' });
        const head = await send('HEAD', path, { 'X-Request-Id': 'same' });
        expect({ status: head.status, text: head.text }).toEqual({ status: get.status, text: '' });
        expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
      },
    ); // prettier-ignore

    it('304 for a current ETag', async () => {
      expect((await send('HEAD', thingPath, { 'If-None-Match': '"v1"' })).status).toBe(304);
    });
  });

  describe('OPTIONS', () => {
    it.each([
      ['/api/v1/things', 'GET, HEAD, POST, OPTIONS'],
      ['/api/v1/loans/12/cancel', 'POST, OPTIONS'],
      ['/health/live', 'GET, HEAD, OPTIONS'],
    ])('204 with Allow for %s', async (path, allow) => {
      const { status, headers, text } = await send('OPTIONS', path);
      expect({ status, allow: headers['allow'], text }).toEqual({ status: 204, allow, text: '' });
    });

    it('404 for an unknown path', async () => {
      expect((await send('OPTIONS', '/api/v1/nowhere')).status).toBe(404);
    });
  });

  describe('CORS', () => {
    const preflight = {
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization,content-type,if-match',
    };
    const corsHeaders = (headers: object) =>
      Object.keys(headers).filter((name) => name.startsWith('access-control-'));

    it.each([
      ['GET', '/api/v1/things', 200],
      ['GET', '/api/v1/loans', 401],
      ['GET', '/nowhere', 404],
    ])('allows a listed origin to read %s %s (%i) with credentials', async (method, path, status) => {
      const answer = await send(method, path, { Origin: shop });
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': shop,
        'access-control-allow-credentials': 'true',
        vary: status === 200 ? 'Origin' : 'Origin, Accept-Language',
      });
      const exposed = String(answer.headers['access-control-expose-headers']).split(',');
      expect(exposed).toEqual(
        expect.arrayContaining([
          'ETag',
          'Location',
          'Retry-After',
          'X-Request-Id',
          'Idempotency-Replayed',
          'RateLimit',
          'RateLimit-Policy',
          'Deprecation',
          'Sunset',
          'WWW-Authenticate',
          'Allow',
        ]),
      );
    });

    it('accepts the preflight of a listed origin', async () => {
      const { status, headers, text } = await send('OPTIONS', thingPath, { Origin: shop, ...preflight });
      expect({ status, text }).toEqual({ status: 204, text: '' });
      expect(headers).toMatchObject({
        'access-control-allow-origin': shop,
        'access-control-allow-credentials': 'true',
        'access-control-max-age': '600',
      });
      expect(String(headers['access-control-allow-methods']).split(',')).toEqual(
        expect.arrayContaining(['GET', 'POST', 'PATCH', 'DELETE']),
      );
      expect(String(headers['access-control-allow-headers']).split(',')).toEqual(
        expect.arrayContaining([
          'Authorization',
          'Content-Type',
          'Idempotency-Key',
          'If-Match',
          'If-None-Match',
          'X-Requested-With',
          'X-Request-Id',
          'traceparent',
          'tracestate',
          'baggage',
          'sentry-trace',
          'x-datadog-trace-id',
          'X-B3-TraceId',
        ]),
      );
    });

    it.each([
      'https://evil.example',
      'http://shop.example',
      'https://shop.example:8443',
      'https://shop.example.evil.example',
      'https://sub.shop.example',
      'HTTPS://SHOP.EXAMPLE',
      'null',
      '*',
    ])('sends no CORS headers to %s', async (origin) => {
      const get = await send('GET', '/api/v1/things', { Origin: origin });
      const asked = await send('OPTIONS', thingPath, { Origin: origin, ...preflight });
      expect(corsHeaders(get.headers)).toEqual([]);
      expect(corsHeaders(asked.headers)).toEqual([]);
      // Even a response without CORS headers varies by origin, so that a cache does not reuse it for an allowed origin.
      expect(get.headers['vary']).toBe('Origin');
    });

    it('sends no CORS headers without an origin', async () => {
      const { headers } = await send('GET', '/api/v1/things');
      expect(corsHeaders(headers)).toEqual([]);
      expect(headers['vary']).toBe('Origin');
    });
  });
});
