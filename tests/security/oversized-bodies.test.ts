import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createHttpServer, listen } from '../../src/process/http-server.ts';
import { openConnection, statusesIn, writeEndlessly } from '../helpers/raw-connection.ts';
import type { TestApp } from '../helpers/app.ts';
import { buildThingsApp } from '../helpers/things.ts';

const gigabyte = 'Content-Length: 1000000000';
const chunked = 'Transfer-Encoding: chunked';

describe('an oversized body', () => {
  let test: TestApp;
  let worker: ReturnType<typeof createHttpServer>;
  let workerUrl: string;

  beforeAll(async () => {
    test = await buildThingsApp();
    worker = createHttpServer({ express: test.app.health });
    await listen(worker, { host: '127.0.0.1', port: 0 });
    workerUrl = `http://127.0.0.1:${(worker.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    worker.server.close();
    worker.server.closeAllConnections();
    await test.close();
  });

  const begin = async (
    target: string,
    header: string,
    { type = 'application/json', url = test.url } = {},
  ) => {
    const connection = await openConnection(url);
    connection.write(`${target} HTTP/1.1`, 'Host: a', `Content-Type: ${type}`, header, '', '');
    return connection;
  };
  const expectRefusal = (text: string, status = 413): void => {
    expect(statusesIn(text)).toEqual([status]);
    expect(text).toMatch(/^connection: close\r$/im);
    expect(text).toMatch(/^content-type: application\/json; charset=utf-8\r$/im);
    expect(test.logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  };

  const targets = [
    'POST /api/v1/auth/login',
    'POST /api/v1/things',
    'GET /api/v1/things',
    'HEAD /api/v1/things',
    `GET /api/v1/things/${randomUUID()}`,
    `DELETE /api/v1/things/${randomUUID()}`,
    'POST /api/v1/loans',
    `POST /api/v1/loans/${randomUUID()}/cancel`,
    'GET /api/v1/users/me/export',
    'GET /health/live',
    'GET /health/ready',
    'GET /openapi.json',
    'GET /docs',
    'POST /docs',
    'GET /docs/start.js',
    'GET /docs/assets/swagger-ui.css',
    'GET /reset-password',
    'GET /account/page.js',
    'GET /api/v1/nowhere',
    'POST /nowhere',
  ];

  it.each(targets)('gets 413 by its declared length alone: %s', async (target) => {
    const { ended, socket } = await begin(target, gigabyte);
    expectRefusal(await ended);
    socket.destroy();
  });

  it.each(targets)('gets 413 as soon as its chunks are too long: %s', async (target) => {
    const connection = await begin(target, chunked);
    const written = await writeEndlessly(connection);
    expectRefusal(connection.received());
    // The service stops reading early: most of the written bytes never left the buffers of the two sockets.
    expect(written).toBeLessThan(30_000_000);
  });

  it('gets 413 on every route of the API', async () => {
    for (const { path, route } of test.app.modules.routes) {
      const target = `${route.method.toUpperCase()} ${path.replace(/:\w+/g, randomUUID())}`;
      const { ended, socket } = await begin(target, gigabyte, { type: route.upload?.type });
      expect([target, statusesIn(await ended)]).toEqual([target, [413]]);
      socket.destroy();
    }
  });

  it.each(['GET /health/live', 'POST /nowhere'])('gets 413 on the port of the worker: %s', async (target) => {
    const declared = await begin(target, gigabyte, { url: workerUrl });
    expectRefusal(await declared.ended);
    declared.socket.destroy();
    const endless = await begin(target, chunked, { url: workerUrl });
    await writeEndlessly(endless);
    expectRefusal(endless.received());
  });

  it.each([
    [405, 'PUT /api/v1/things', 'application/json'],
    [405, 'POST /health/live', 'application/json'],
    [415, 'POST /api/v1/auth/login', 'text/plain'],
    [204, 'OPTIONS /api/v1/things', 'application/json'],
  ])('is not read if the status is %i for another reason: %s', async (status, target, type) => {
    const declared = await begin(target, gigabyte, { type });
    const text = await declared.ended;
    expect(statusesIn(text)).toEqual([status]);
    expect(text).toMatch(/^connection: close\r$/im);
    declared.socket.destroy();
    const endless = await begin(target, chunked, { type });
    expect(await writeEndlessly(endless)).toBeLessThan(30_000_000);
    expect(statusesIn(endless.received())).toEqual([status]);
  });

  it('gets no 100 Continue', async () => {
    const connection = await openConnection(test.url);
    const head = ['POST /api/v1/auth/login HTTP/1.1', 'Host: a', 'Content-Type: application/json'];
    connection.write(...head, 'Expect: 100-continue', gigabyte, '', '');
    expect(statusesIn(await connection.ended)).toEqual([413]);
    connection.socket.destroy();
  });

  it('gets a readable 413 even if the client sends all of it first', async () => {
    const connection = await begin('POST /api/v1/auth/login', 'Content-Length: 200000');
    await new Promise((resolve) => connection.socket.write('x'.repeat(200_000), resolve));
    expectRefusal(await connection.ended);
    connection.socket.destroy();
  });

  it('closes the connection, so that the bytes after it are not parsed as a request', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(120_000) });
    const connection = await begin('POST /api/v1/auth/login', `Content-Length: ${body.length}`);
    connection.write(`${body}GET /health/live HTTP/1.1`, 'Host: a', '', '');
    expectRefusal(await connection.ended);
    connection.socket.destroy();
  });

  it('does not affect the connection if it is within the limit', async () => {
    const connection = await begin('GET /nowhere', 'Content-Length: 5');
    connection.write('helloGET /health/live HTTP/1.1', 'Host: a', 'Connection: close', '', '');
    expect(statusesIn(await connection.ended)).toEqual([404, 200]);
  });
});
