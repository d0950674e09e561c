import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { TestApp, TestUser } from '../helpers/app.ts';
import { sendRaw, type RawResponse } from '../helpers/raw-request.ts';
import { buildThingsApp } from '../helpers/things.ts';

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.example.com',
  TRUST_PROXY: '1',
  BCRYPT_COST: '10',
  RATE_LIMIT_GLOBAL_PER_MINUTE: '10000',
  RATE_LIMIT_AUTH_PER_15_MINUTES: '10000',
  RATE_LIMIT_WRITES_PER_MINUTE: '10000',
};

describe('a response in production', () => {
  let test: TestApp;
  let user: TestUser;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp({ settings: production });
    user = await test.buildUser();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    sendRaw(test.url, { method, path, headers, ...(body !== undefined && { body }) });
  const mine = () => ({ Authorization: `Bearer ${user.accessToken}` });

  const kinds: [string, number, () => Promise<RawResponse>][] = [
    ['200 of a public read', 200, () => send('GET', '/api/v1/things')],
    ['200 of one’s own', 200, () => send('GET', '/api/v1/users/me', mine())],
    ['200 of a page', 200, () => send('GET', '/reset-password')],
    ['200 of a script', 200, () => send('GET', '/account/page.js')],
    ['204', 204, () => send('POST', '/api/v1/auth/logout')],
    ['304', 304, () => send('GET', '/api/v1/users/me', { ...mine(), 'If-None-Match': '"v1"' })],
    ['400', 400, () => send('GET', '/api/v1/things?page=0')],
    ['401', 401, () => send('GET', '/api/v1/users/me')],
    ['403', 403, () => send('GET', '/api/v1/users', mine())],
    ['403 of plain http', 403, () => send('GET', '/api/v1/things', { 'X-Forwarded-Proto': 'http' })],
    ['404', 404, () => send('GET', '/nowhere')],
    ['405', 405, () => send('DELETE', '/api/v1/things')],
    ['415', 415, () => send('POST', '/api/v1/auth/login', { 'Content-Type': 'text/plain' }, 'a')],
  ];

  it.each(kinds)('has all security headers: %s', async (_name, status, ask) => {
    const { headers, text, status: answered } = await ask();
    expect(answered).toBe(status);
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-site',
      'cross-origin-opener-policy': 'same-origin',
    });
    const policy = String(headers['content-security-policy']).split(';');
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    expect(policy.join()).not.toMatch(/unsafe|\*/);
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
    if (text !== '') expect(headers['content-type']).toMatch(/^[a-z]+\/[a-z+]+; charset=utf-8$/);
  });

  it('is not cached on any route with a caller, whatever the outcome', async () => {
    const stored: string[] = [];
    const { routes } = test.app.modules;
    let { accessToken } = admin;
    for (const { path, route } of routes) {
      const address = path.replace(/:\w+/g, randomUUID());
      const ask = () => send(route.method.toUpperCase(), address, { Authorization: `Bearer ${accessToken}` });
      let answer = await ask();
      if (answer.status === 401 && route.access !== 'public') {
        // Sign in again for each route, because the previous route may have ended the session.
        const { email, password } = admin;
        const login = await test.http.post('/auth/login').send({ email, password }).expect(200);
        accessToken = login.body.data.accessToken as string;
        answer = await ask();
        expect(answer.status).not.toBe(401);
      }
      if (answer.headers['cache-control'] !== 'no-store') stored.push(`${route.method} ${path}`);
    }
    expect(stored).not.toEqual([]);
    const open = routes.filter(({ route }) => route.access === 'public' && route.method === 'get');
    const names = open.map(({ path, route }) => `${route.method} ${path}`);
    expect(stored.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has a password field that hides its value and supports password managers', async () => {
    const { text } = await send('GET', '/reset-password');
    const fields = text.match(/<input[^>]*>/g);
    expect(fields).toHaveLength(1);
    expect(fields?.[0]).toContain('type="password"');
    expect(fields?.[0]).toContain('autocomplete="new-password"');
    const script = await send('GET', '/account/page.js');
    expect(text + script.text).not.toMatch(/paste/);
  });

  it.each(['/dev/mail', '/docs', '/docs/start.js', '/metrics', '/.git/HEAD', '/.env', '/package.json', '/src/app.ts'])(
    'is 404 for what is not meant to be there: %s',
    async (path) => {
      expect((await send('GET', path)).status).toBe(404);
    },
  ); // prettier-ignore
});
