import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Duplex } from 'node:stream';
import { createHttpServer, type HttpServer } from '../../src/process/http-server.ts';
import type { TestApp } from '../helpers/app.ts';
import { openConnection, statusesIn } from '../helpers/raw-connection.ts';
import { buildThingsApp } from '../helpers/things.ts';

class FakeSocket extends Duplex {
  written = '';

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.written += chunk.toString();
    callback();
  }
}

describe('a message that the HTTP parser refuses', () => {
  let test: TestApp;
  let http: HttpServer;

  beforeAll(async () => {
    test = await buildThingsApp();
    http = createHttpServer(test.app);
  });
  afterAll(() => test.close());
  beforeEach(() => {
    test.logger.lines.length = 0;
  });

  const converse = async (...lines: string[]): Promise<string> => {
    const connection = await openConnection(test.url);
    connection.write(...lines);
    const text = await connection.ended;
    connection.socket.destroy();
    return text;
  };
  /** Makes the server handle an error of this socket with this code. */
  const fail = (socket: Duplex, code: string): void => {
    http.server.emit('clientError', Object.assign(new Error('Refused'), { code }), socket);
  };

  it.each([
    ['a bad request line', 400, 'BAD_REQUEST', ['hello', '', '']],
    ['an unknown method', 400, 'BAD_REQUEST', ['FETCH / HTTP/1.1', 'Host: a', '', '']],
    ['a bad header', 400, 'BAD_REQUEST', ['GET / HTTP/1.1', 'Host: a', 'a b', '', '']],
    [
      'too many header bytes',
      431,
      'HEADERS_TOO_LARGE',
      ['GET / HTTP/1.1', `X-A: ${'a'.repeat(20_000)}`, '', ''],
    ],
    ['too long a URL', 431, 'HEADERS_TOO_LARGE', [`GET /${'a'.repeat(20_000)} HTTP/1.1`, 'Host: a', '', '']],
    ['CONNECT', 405, 'METHOD_NOT_ALLOWED', ['CONNECT a:443 HTTP/1.1', 'Host: a', '', '']],
  ])('gets an error envelope and a closed connection: %s', async (_name, status, code, lines) => {
    const text = await converse(...lines);
    expect(statusesIn(text)).toEqual([status]);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const { requestId, ...rest } = JSON.parse(body);
    expect(rest).toEqual({ status: 'error', code, message: expect.any(String) });
    expect(head).toContain(`X-Request-Id: ${requestId}`);
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(head).toContain('Content-Type: application/json; charset=utf-8');
    expect(head).toMatch(/^Connection: close$/im);
    expect(test.logger.lines).toEqual([]);
  });

  it.each([
    ['an upgrade', ['Connection: Upgrade', 'Upgrade: websocket']],
    ['an unknown expectation', ['Connection: close', 'Expect: tea']],
  ])('is not the same as %s, which is answered as if it was not asked for', async (_name, headers) => {
    const connection = await openConnection(test.url);
    connection.write('GET /health/live HTTP/1.1', 'Host: a', ...headers, '', '');
    connection.socket.end();
    expect(statusesIn(await connection.ended)).toEqual([200]);
    connection.socket.destroy();
  });

  it('gets 408 if its headers never end', () => {
    const socket = new FakeSocket();
    fail(socket, 'ERR_HTTP_REQUEST_TIMEOUT');
    expect(statusesIn(socket.written)).toEqual([408]);
    expect(socket.written).toContain('"code":"REQUEST_TIMEOUT"');
    expect(socket.writableEnded).toBe(true);
    socket.destroy();
  });

  it('is answered once, although the parser also refuses the bytes after it', () => {
    const socket = new FakeSocket();
    fail(socket, 'HPE_INVALID_METHOD');
    fail(socket, 'HPE_INVALID_METHOD');
    expect(statusesIn(socket.written)).toEqual([400]);
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  it('gets no answer on a connection that was reset', () => {
    const socket = new FakeSocket();
    fail(socket, 'ECONNRESET');
    expect(socket.written).toBe('');
    expect(socket.destroyed).toBe(true);
  });

  it('gets no answer on a socket that cannot be written', () => {
    const socket = new FakeSocket();
    socket.end();
    fail(socket, 'HPE_INVALID_METHOD');
    expect(socket.written).toBe('');
    expect(socket.destroyed).toBe(true);
  });

  it('gets no answer before the response to an earlier request', async () => {
    const connection = await openConnection(test.url);
    connection.write('GET /health/ready HTTP/1.1', 'Host: a', '', 'hello', '', '');
    expect(statusesIn(await connection.ended)).not.toContain(400);
    connection.socket.destroy();
  });
});
