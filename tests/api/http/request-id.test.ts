import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { currentContext } from '../../../src/core/context.ts';
import type { TestApp } from '../../helpers/app.ts';
import { sendRaw } from '../../helpers/raw-request.ts';
import { buildThingsApp } from '../../helpers/things.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('X-Request-Id', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp();
  });
  afterAll(() => test.close());

  const send = (requestId: string, path = '/nowhere', headers = {}) =>
    sendRaw(test.url, { method: 'GET', path, headers: { 'X-Request-Id': requestId, ...headers } });

  it.each(['a', 'abc-123_X.y', 'A'.repeat(64)])('keeps %s', async (requestId) => {
    const answer = await send(requestId);
    expect(answer.headers['x-request-id']).toBe(requestId);
    expect(JSON.parse(answer.text)).toMatchObject({ requestId });
  });

  it.each(['', 'A'.repeat(65), 'two words', 'a,b', '<script>', 'ä', "'; --", '{"a":1}', '%0a'])(
    'makes another for %j',
    async (requestId) => {
      const answer = await send(requestId);
      expect(answer.headers['x-request-id']).toMatch(uuidV7);
      expect(JSON.parse(answer.text)).toMatchObject({ requestId: answer.headers['x-request-id'] });
    },
  );

  it('generates a new id if two are sent', async () => {
    const answer = await sendRaw(test.url, {
      method: 'GET',
      path: '/nowhere',
      headers: { 'X-Request-Id': 'one, two' },
    });
    expect(answer.headers['x-request-id']).toMatch(uuidV7);
  });

  it('is generated for each request without one', async () => {
    const one = await test.http.get('/things').expect(200);
    const two = await test.http.get('/things').expect(200);
    expect(one.get('X-Request-Id')).toMatch(uuidV7);
    expect(two.get('X-Request-Id')).not.toBe(one.get('X-Request-Id'));
  });

  it.each(['/health/live', '/health/ready', '/openapi.json', '/docs', '/docs/start.js', '/api/v1/things', '/%', '/api/v1/loans'])(
    'comes back from %s',
    async (path) => {
      const answer = await send('mine', path);
      expect(answer.headers['x-request-id']).toBe('mine');
    },
  ); // prettier-ignore

  it('is in every log line, with the trace id', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const seen: (string | undefined)[][] = [];
    const info = jest.spyOn(test.logger, 'info').mockImplementation((message) => {
      seen.push([message, currentContext()?.requestId, currentContext()?.traceId]);
    });
    await send('logged', '/api/v1/things', { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    await send('logged-too', '/nowhere', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` });
    info.mockRestore();
    expect(seen).toEqual([
      ['request', 'logged', trace],
      ['request', 'logged-too', undefined],
    ]);
  });

  it('is logged in one line per request, with the route instead of the URL', async () => {
    test.logger.lines.length = 0;
    const id = '0195f2d0-0000-7000-8000-000000000000';
    await send('one', `/api/v1/things/${id}`);
    expect(test.logger.lines).toEqual([
      {
        level: 'info',
        message: 'request',
        fields: {
          method: 'GET',
          route: '/api/v1/things/:id',
          status: 404,
          durationMs: expect.any(Number),
          bytes: expect.any(Number),
          ip: '127.0.0.1',
        },
      },
    ]);
  });
});
