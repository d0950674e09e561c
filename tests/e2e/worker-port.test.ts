import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { openConnection, statusesIn } from '../helpers/raw-connection.ts';
import { sendRaw, type RawResponse } from '../helpers/raw-request.ts';
import { freePort } from './port.ts';
import { productionEnvironmentOn, start, type RunningProcess } from './process.ts';

describe('the port of the worker, in production without NODE_ENV', () => {
  const name = databaseName('worker_port');
  let worker: RunningProcess;
  let url: string;

  beforeAll(async () => {
    const databaseUrl = await createTestDatabase(name);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    worker = start('worker', [], productionEnvironmentOn(databaseUrl, { WORKER_PORT: String(port) }));
    await worker.wrote('Working.');
  });
  afterAll(async () => {
    worker.signal('SIGTERM');
    expect(await worker.exited).toMatchObject({ code: 0, stderr: '' });
    await dropDatabase(name);
  });

  const send = (method: string, path: string, headers: Record<string, string> = {}): Promise<RawResponse> =>
    sendRaw(url, { method, path, headers });

  it.each([
    [200, 'GET', '/health/live', undefined],
    [404, 'GET', '/', 'NOT_FOUND'],
    [404, 'GET', '/health', 'NOT_FOUND'],
    [404, 'GET', '/health/live/', 'NOT_FOUND'],
    [404, 'GET', '/Health/Live', 'NOT_FOUND'],
    [404, 'POST', '/api/v1/auth/login', 'NOT_FOUND'],
    [405, 'POST', '/health/live', 'METHOD_NOT_ALLOWED'],
    [405, 'DELETE', '/health/ready', 'METHOD_NOT_ALLOWED'],
    [400, 'GET', '/%', 'MALFORMED_URL'],
  ])('returns %i like the server: %s %s', async (status, method, path, code) => {
    const { status: actual, headers, text } = await send(method, path, { 'X-Request-Id': 'mine' });
    expect(actual).toBe(status);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy':
        "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'x-request-id': 'mine',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
    if (status === 405) expect(headers['allow']).toBe('GET, HEAD, OPTIONS');
    if (code === undefined) return;
    const error = JSON.parse(text) as object;
    expect(error).toEqual({ status: 'error', code, message: expect.any(String), requestId: 'mine' });
  });

  it('returns a problem document if the client prefers it', async () => {
    const { headers } = await send('GET', '/nowhere', { Accept: 'application/problem+json' });
    expect(headers['content-type']).toBe('application/problem+json');
  });

  it('refuses an oversized body before reading it', async () => {
    const connection = await openConnection(url);
    connection.write('POST /nowhere HTTP/1.1', 'Host: a', 'Content-Length: 1000000000', '', '');
    expect(statusesIn(await connection.ended)).toEqual([413]);
    connection.socket.destroy();
  });
});
