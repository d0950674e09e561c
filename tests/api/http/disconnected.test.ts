import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHttpServer, listen } from '../../../src/process/http-server.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { sendRaw } from '../../helpers/raw-request.ts';
import { until } from '../../helpers/until.ts';

describe('a request of a disconnected client', () => {
  let test: TestApp;

  beforeAll(async () => {
    // Enable a rate limit, because it needs the address of the client, which is missing here.
    test = await buildTestApp({ settings: { RATE_LIMIT_GLOBAL_PER_MINUTE: '100' } });
  });
  afterAll(() => test.close());

  it('is dropped without a response or an error', async () => {
    const http = createHttpServer(test.app);
    await listen(http, { host: '127.0.0.1', port: 0 });
    // Remove the address of each socket, because a socket has no address after its client has reset the connection.
    http.server.on('connection', (socket) =>
      Object.defineProperty(socket, 'remoteAddress', { value: undefined }),
    );
    const url = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
    await expect(sendRaw(url, { method: 'GET', path: '/api/v1/products', headers: {} })).rejects.toThrow();
    await until('it is noted', () => test.logger.lines.some(({ message }) => message === 'request'));
    expect(test.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
    const noted = test.logger.lines.find(({ message }) => message === 'request');
    expect(noted?.fields).toMatchObject({ status: null, isAborted: true });
    http.server.close();
  });
});
