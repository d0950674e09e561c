import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { probeModule } from '../../helpers/probe.ts';
import { sendRaw } from '../../helpers/raw-request.ts';
import { buildThingsApp, modulesWithThings } from '../../helpers/things.ts';

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.example.com',
  BCRYPT_COST: '10',
  RATE_LIMIT_GLOBAL_PER_MINUTE: '1000',
  RATE_LIMIT_AUTH_PER_15_MINUTES: '1000',
  RATE_LIMIT_WRITES_PER_MINUTE: '1000',
};

describe('in production, behind a proxy', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildThingsApp({
      settings: { ...production, TRUST_PROXY: '1' },
      modules: [...modulesWithThings, probeModule],
    });
  });
  afterAll(() => test.close());

  const send = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    sendRaw(test.url, { method, path, headers });

  it('403 for every request that the proxy received over plain http', async () => {
    for (const path of ['/api/v1/things', '/nowhere', '/%', '/openapi.json']) {
      const answer = await send(path, { 'X-Forwarded-Proto': 'http' });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.text)).toMatchObject({ status: 'error', code: 'HTTPS_REQUIRED' });
    }
    const written = await send('/api/v1/auth/login', { 'X-Forwarded-Proto': 'http' }, 'POST');
    expect(written.status).toBe(403);
  });

  it('200 over https, and for health checks also over http', async () => {
    expect((await send('/api/v1/things', { 'X-Forwarded-Proto': 'https' })).status).toBe(200);
    expect((await send('/health/live', { 'X-Forwarded-Proto': 'http' })).status).toBe(200);
    expect((await send('/health/ready', { 'X-Forwarded-Proto': 'http' })).status).toBe(200);
  });

  it('sends Strict-Transport-Security', async () => {
    const { headers } = await send('/api/v1/things', { 'X-Forwarded-Proto': 'https' });
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  });

  it('404 for the documentation page', async () => {
    for (const path of ['/docs', '/docs/start.js', '/docs/assets/swagger-ui.css']) {
      expect((await send(path, { 'X-Forwarded-Proto': 'https' })).status).toBe(404);
    }
  });

  it('500 without details for a bug, which is logged in full in one line', async () => {
    test.logger.lines.length = 0;
    const answer = await send('/api/v1/probe/bug');
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toEqual({
      status: 'error',
      code: 'INTERNAL',
      message: expect.any(String),
      requestId: answer.headers['x-request-id'],
    });
    const errors = test.logger.lines.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.fields).toMatchObject({
      code: 'INTERNAL',
      error: expect.objectContaining({ message: 'SENTINEL' }),
    });
  });

  it('does not show details when a header or query asks for development', async () => {
    const answer = await send('/api/v1/things?debug=1', { 'X-Debug': '1' });
    expect(JSON.parse(answer.text)).not.toHaveProperty('debug');
  });
});

describe.each(['development', 'test'])('in %s', (nodeEnv) => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp({
      settings: { NODE_ENV: nodeEnv },
      modules: [...modulesWithThings, probeModule],
    });
  });
  afterAll(() => test.close());

  const isDevelopment = nodeEnv === 'development';

  it(`an error ${isDevelopment ? 'contains' : 'does not contain'} its stack`, async () => {
    const { text } = await sendRaw(test.url, { method: 'GET', path: '/api/v1/probe/bug' });
    const error = JSON.parse(text) as { debug?: { stack: string; cause: string } };
    if (isDevelopment) {
      expect(error.debug).toEqual({ stack: expect.any(String), cause: expect.stringContaining('SENTINEL') });
    } else {
      expect(error).not.toHaveProperty('debug');
      expect(text).not.toContain('SENTINEL');
    }
  });

  it.each(['/api/v1/users/me', '/api/v1/nowhere', '/api/v1/things?page=x'])(
    'a refusal of %s carries no stack: its caller is at fault',
    async (path) => {
      const { status, text } = await sendRaw(test.url, { method: 'GET', path });
      expect(status).toBeLessThan(500);
      expect(JSON.parse(text)).not.toHaveProperty('debug');
    },
  );
});
