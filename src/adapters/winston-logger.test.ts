import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runInContext } from '../core/context.ts';
import type { LogFields, Logger } from '../core/ports.ts';
import { createWinstonLogger } from './winston-logger.ts';

interface ConsoleWithStream {
  _stdout: NodeJS.WritableStream;
}

const secret = 'hunter2-and-more';

/** Names of fields that contain secrets. They must never be logged, however deeply they are nested. */
const secrets: LogFields = {
  password: secret,
  newPassword: secret,
  passwordHash: secret,
  accessToken: secret,
  refresh_token: secret,
  authorization: secret,
  headers: { Authorization: `Bearer ${secret}`, cookie: secret, 'Set-Cookie': [secret], 'x-api-key': secret },
  PASSWORD_PEPPER: secret,
  JWT_SECRET: secret,
  apiKey: secret,
  deep: [{ er: { credentials: { user: secret } } }],
};

describe('the winston logger', () => {
  let written: string;

  beforeEach(() => {
    written = '';
    // The logger writes through its real transport; capture the stream behind it.
    jest.spyOn((console as unknown as ConsoleWithStream)._stdout, 'write').mockImplementation((text) => {
      written += text;
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const log = (isPretty: boolean, write: (logger: Logger) => void): string => {
    write(createWinstonLogger({ level: 'debug', isPretty }));
    return written;
  };

  it.each([false, true])('never writes secrets (pretty: %s)', (isPretty) => {
    const failure = Object.assign(new Error('it broke'), {
      password: secret,
      parameters: [secret],
      token: secret,
    });
    const text = log(isPretty, (logger) => {
      logger.debug('debug', secrets);
      logger.info('info', secrets);
      logger.warn('warn', { inner: secrets });
      logger.error('error', { error: new Error('outer', { cause: failure }), ...secrets });
    });
    expect(text.trim().split('\n').length).toBeGreaterThanOrEqual(4);
    for (const level of ['debug', 'info', 'warn', 'error']) expect(text).toContain(level);
    expect(text).not.toContain(secret);
    expect(text).toContain('[redacted]');
  });

  it('writes one JSON object per line with time, request and user', () => {
    const text = log(false, (logger) => {
      runInContext(
        {
          requestId: 'r1',
          traceId: 't1',
          userId: 'u1',
          ip: '192.0.2.1',
          userAgent: null,
          language: null,
          isExpired: false,
        },
        () => {
          logger.info('It is done.', { durationMs: 5, nothing: null, left: undefined });
        },
      );
    });
    const line = JSON.parse(text) as Record<string, unknown>;
    expect(line).toMatchObject({
      level: 'info',
      message: 'It is done.',
      requestId: 'r1',
      traceId: 't1',
      userId: 'u1',
      durationMs: 5,
      nothing: null,
    });
    expect(new Date(String(line['timestamp'])).toISOString()).toBe(line['timestamp']);
    expect(line).not.toHaveProperty('left');
  });

  it('escapes line breaks, so that lines cannot be forged', () => {
    const text = log(false, (logger) => {
      logger.info('one\n{"level":"error","message":"forged"}', { name: 'a\nb' });
    });
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('accepts fields named like its own', () => {
    const text = log(false, (logger) => {
      logger.info('the message', { message: 'a field', level: 'x', timestamp: 'y' });
    });
    expect(JSON.parse(text)).toMatchObject({ message: 'the message', level: 'info' });
  });

  it('writes errors with causes, and nested values to a limited depth', () => {
    const loop: Record<string, unknown> = { name: 'loop' };
    loop['self'] = loop;
    const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'E1' });
    const line = JSON.parse(
      log(false, (logger) => {
        logger.error('failed', { error, loop });
      }),
    ) as Record<string, unknown>;
    expect(line['error']).toMatchObject({
      name: 'Error',
      message: 'outer',
      code: 'E1',
      cause: { message: 'inner' },
    });
    expect(JSON.stringify(line['loop'])).toContain('[deep]');
  });

  it('omits lines below its level', () => {
    createWinstonLogger({ level: 'warn', isPretty: false }).info('quiet');
    expect(written).toBe('');
  });
});
