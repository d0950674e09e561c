import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openConnection, statusesIn, type RawConnection } from '../helpers/raw-connection.ts';
import type { TestApp } from '../helpers/app.ts';
import { buildThingsApp } from '../helpers/things.ts';
import { until } from '../helpers/until.ts';

describe('a body that does not arrive in time', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp({ settings: { REQUEST_DEADLINE_MS: '300' } });
  });
  afterAll(() => test.close());
  beforeEach(() => {
    test.logger.lines.length = 0;
  });

  const begin = async (target: string, ...rest: readonly string[]): Promise<RawConnection> => {
    const connection = await openConnection(test.url);
    connection.write(`${target} HTTP/1.1`, 'Host: a', 'Content-Type: application/json', ...rest);
    return connection;
  };
  const requestLine = () => test.logger.lines.find(({ message }) => message === 'request');
  const expectOneLineAtInfo = async (status: number | null): Promise<void> => {
    await until('the request is logged', () => requestLine() !== undefined);
    expect(test.logger.lines).toEqual([expect.objectContaining({ level: 'info', message: 'request' })]);
    expect(requestLine()?.fields).toMatchObject({ status });
  };

  it.each([
    ['POST /api/v1/auth/login', ['Content-Length: 50', '', '{"email":']],
    ['POST /api/v1/auth/login', ['Content-Length: 50', '', '']],
    ['POST /api/v1/auth/login', ['Transfer-Encoding: chunked', '', '5', '{"a":', '']],
    ['PATCH /api/v1/users/me', ['Content-Length: 50', '', '{']],
    ['GET /api/v1/things', ['Content-Length: 50', '', '{']],
    ['GET /docs', ['Content-Length: 50', '', '{']],
    ['POST /nowhere', ['Content-Length: 50', '', '{']],
  ])('gets 408, one info line and a closed connection: %s %j', async (target, rest) => {
    const connection = await begin(target, ...rest);
    const text = await connection.ended;
    expect(statusesIn(text)).toEqual([408]);
    expect(text).toMatch(/^connection: close\r$/im);
    expect(text).toContain('"code":"REQUEST_TIMEOUT"');
    await expectOneLineAtInfo(408);
    connection.socket.destroy();
  });

  it('gets 408 if it arrives byte by byte and too slowly in total', async () => {
    const connection = await begin('POST /api/v1/auth/login', 'Content-Length: 100000', '', '');
    const drip = setInterval(() => connection.socket.write(' '), 20);
    expect(statusesIn(await connection.ended)).toEqual([408]);
    clearInterval(drip);
    await expectOneLineAtInfo(408);
    connection.socket.destroy();
  });

  it('is not parsed as a request if its rest arrives after the 408', async () => {
    const connection = await begin('POST /api/v1/auth/login', 'Content-Length: 4', '', '{');
    await until('the 408 is here', () => connection.received().includes('408'));
    connection.write(' } GET /health/live HTTP/1.1', 'Host: a', '', '');
    expect(statusesIn(await connection.ended)).toEqual([408]);
    connection.socket.destroy();
  });

  it('is not logged as an error if the client disconnects', async () => {
    const connection = await begin('POST /api/v1/auth/login', 'Content-Length: 50', '', '{');
    await new Promise(setImmediate);
    connection.socket.destroy();
    await expectOneLineAtInfo(null);
    expect(requestLine()?.fields).toMatchObject({ isAborted: true });
  });
});
