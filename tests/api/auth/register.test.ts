import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { refresh, setCookiesOf } from '../../helpers/auth.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('POST /auth/register', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  const register = (overrides: object, app = test) =>
    app.http.post('/auth/register').send({ password: 'correct horse battery', name: 'Ada', ...overrides });

  const rulesOf = (details: { path: string; rule: string }[]) =>
    details.map(({ path, rule }) => `${path} ${rule}`).sort();

  it('201 with the user and an access token, and the refresh token only in a cookie', async () => {
    const response = await register({ email: 'shape@example.com' }).expect(201);
    expect(response.body).toMatchObject({
      status: 'success',
      data: {
        user: {
          id: expect.any(String),
          email: 'shape@example.com',
          name: 'Ada',
          roles: ['user'],
          emailVerified: false,
          status: 'active',
          createdAt: test.clock.now().toISOString(),
          updatedAt: test.clock.now().toISOString(),
          version: 1,
        },
        accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        tokenType: 'Bearer',
        expiresIn: 900,
      },
    });
    expect(setCookiesOf(response)).toEqual([
      expect.stringMatching(
        /^refresh=[0-9a-f-]{36}\.1\.[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
      expect.stringMatching(
        /^device=[0-9a-f-]{36}\.[0-9a-f-]{36}\.1\.[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(response.text).not.toContain(cookieOf(response).slice('refresh='.length));
    expect(response.get('Cache-Control')).toBe('no-store');
    await test.as(response.body.data).get('/users/me').expect(200);
    await refresh(test, cookieOf(response)).expect(200);
  });

  it('201 with a __Host- cookie if the service uses https', async () => {
    await withTestApp({ settings: { PUBLIC_URL: 'https://api.example.com' } }, async (secure) => {
      const response = await register({ email: 'ada@example.com' }, secure).expect(201);
      const [header = ''] = setCookiesOf(response);
      expect(header).toMatch(
        /^__Host-refresh=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      );
      await refresh(secure, cookieOf(response).replace('__Host-', '')).expect(401);
      await refresh(secure, cookieOf(response)).expect(200);
    });
  });

  it('201 with the canonical spelling of the e-mail address', async () => {
    const response = await register({ email: 'Ｇrace.HOPPER@Example.COM' }).expect(201);
    expect(response.body.data.user.email).toBe('grace.hopper@example.com');
  });

  it('201 trims the e-mail address', async () => {
    const response = await register({ email: ' spaced@example.com ' }).expect(201);
    expect(response.body.data.user.email).toBe('spaced@example.com');
  });

  it('201 for an address of an internal host', async () => {
    await register({ email: 'admin@corp.internal' }).expect(201);
  });

  it.each([8, 128])('201 for a password of %i characters', async (length) => {
    await register({ email: `length${length}@example.com`, password: 'x'.repeat(length) }).expect(201);
  });

  it('201 for a request with an invalid access token', async () => {
    await register({ email: 'bearer@example.com' }).set('Authorization', 'Bearer nonsense').expect(201);
  });

  it('stores the password as a peppered bcrypt hash', async () => {
    await register({ email: 'hash@example.com', password: 'plain to see' }).expect(201);
    const [row] = await test.db.query<{ password_hash: string }>(
      `SELECT password_hash FROM users WHERE email = 'hash@example.com'`,
    );
    expect(row?.password_hash).toMatch(/^v1\$[\w-]{8}\$\$2b\$04\$[./A-Za-z0-9]{53}$/);
  });

  it.each([7, 129])('400 for a password of %i characters', async (length) => {
    const response = await register({ email: 'long@example.com', password: 'x'.repeat(length) }).expect(400);
    expect(rulesOf(response.body.details)).toEqual([
      length < 8 ? 'password string.min' : 'password string.max',
    ]);
    expect(response.text).not.toContain('xxxxxxx');
  });

  it('400 for a password of four characters that take eight UTF-16 code units', async () => {
    const body = { email: 'units@example.com', password: '\u{10000}'.repeat(4) };
    const response = await register(body).set('Accept-Language', 'de').expect(400);
    expect(rulesOf(response.body.details)).toEqual(['password string.min']);
    expect(response.body.details[0].message).toContain('8');
  });

  it('400 with all invalid fields, including roles', async () => {
    const body = { email: 'not an address', password: 12345678, name: '   ', roles: ['admin'] };
    const response = await test.http.post('/auth/register').send(body).expect(400);
    expect(response.body).toMatchObject({ status: 'error', code: 'VALIDATION_ERROR' });
    expect(rulesOf(response.body.details)).toEqual([
      'email string.email',
      'name string.pattern.base',
      'password string.base',
      'roles object.unknown',
    ]);
    expect(setCookiesOf(response)).toEqual([]);
  });

  it('400 without a body', async () => {
    const response = await test.http.post('/auth/register').expect(400);
    expect(response.body).toMatchObject({ code: 'VALIDATION_ERROR', details: [{ in: 'body' }] });
  });

  it.each(['taken@example.com', 'TAKEN@Example.Com', 'ｔaken@example.com'])(
    '409 when %s is taken',
    async (email) => {
      await register({ email: 'taken@example.com' });
      const response = await register({ email }).expect(409);
      expect(response.body).toMatchObject({ status: 'error', code: 'AUTH_EMAIL_TAKEN' });
      expect(setCookiesOf(response)).toEqual([]);
    },
  );

  it('409 for all but one of fifty concurrent requests', async () => {
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => register({ email: 'race@example.com' })),
    );
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 49 }, () => 409)]);
    const rows = await test.db.query(`SELECT 1 FROM users WHERE email = 'race@example.com'`);
    expect(rows).toHaveLength(1);
  });

  it('409 for all but one of the concurrent requests in two processes', async () => {
    await withTestApp({ databaseUrl: test.databaseUrl }, async (other) => {
      for (let round = 0; round < 5; round += 1) {
        const email = `two-processes-${round}@example.com`;
        const responses = await Promise.all([register({ email }), register({ email }, other)]);
        expect(responses.map(({ status }) => status).sort()).toEqual([201, 409]);
      }
    });
  });

  it('429 when one address registers too often', async () => {
    await withTestApp({ settings: { RATE_LIMIT_AUTH_PER_15_MINUTES: '1' } }, async (limited) => {
      await register({ email: 'first@example.com' }, limited).expect(201);
      const response = await register({ email: 'second@example.com' }, limited).expect(429);
      expect(response.body.code).toBe('RATE_LIMITED');
      expect(response.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    });
  });
});
