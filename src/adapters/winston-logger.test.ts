import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runInContext } from '../core/context.ts';
import type { LogFields, Logger } from '../core/ports.ts';
import { createWinstonLogger } from './winston-logger.ts';

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
    // Capture the stream behind the transport, because the logger writes through its real transport.
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const log = async (isPretty: boolean, write: (logger: Logger) => void): Promise<string> => {
    write(createWinstonLogger({ level: 'debug', isPretty }));
    await immediate();
    return written;
  };

  it.each([false, true])('never writes secrets (pretty: %s)', async (isPretty) => {
    const failure = Object.assign(new Error('it broke'), {
      password: secret,
      parameters: [secret],
      token: secret,
    });
    const text = await log(isPretty, (logger) => {
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

  it('writes one JSON object per line with time, request and user', async () => {
    const text = await log(false, (logger) => {
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

  it('ends a pretty line without fields after the message', async () => {
    const text = await log(true, (logger) => {
      logger.info('Stopped.');
    });
    expect(text).toMatch(/Stopped\.\n$/);
  });

  it('escapes line breaks, so that lines cannot be forged', async () => {
    const text = await log(false, (logger) => {
      logger.info('one\n{"level":"error","message":"forged"}', { name: 'a\nb' });
    });
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('accepts fields named like its own', async () => {
    const text = await log(false, (logger) => {
      logger.info('the message', { message: 'a field', level: 'x', timestamp: 'y' });
    });
    expect(JSON.parse(text)).toMatchObject({ message: 'the message', level: 'info' });
  });

  it('writes errors with causes, and nested values to a limited depth', async () => {
    const loop: Record<string, unknown> = { name: 'loop' };
    loop['self'] = loop;
    const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'E1' });
    const line = JSON.parse(
      await log(false, (logger) => {
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

  it('writes the lines of one iteration of the event loop at once', async () => {
    const stdout = jest.mocked(process.stdout.write);
    const logger = createWinstonLogger({ level: 'info', isPretty: false });
    for (const message of ['one', 'two', 'three']) logger.info(message);
    expect(stdout).not.toHaveBeenCalled();
    await immediate();
    expect(stdout).toHaveBeenCalledTimes(1);
    expect(written.trimEnd().split('\n')).toHaveLength(3);
  });

  it.each(['warn', 'error'] as const)('writes at once at level %s, after the lines before', (level) => {
    const logger = createWinstonLogger({ level: 'info', isPretty: false });
    logger.info('before');
    logger[level]('serious');
    expect(written).toMatch(/before.*\n.*serious/);
  });

  it('omits lines below its level', async () => {
    createWinstonLogger({ level: 'warn', isPretty: false }).info('quiet');
    await immediate();
    expect(written).toBe('');
  });
});
