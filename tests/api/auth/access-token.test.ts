import { createHmac, randomUUID, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { createKeyRing } from '../../../src/api/auth/key-ring.ts';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { testEnvironment } from '../../helpers/config.ts';
import { withTestApp } from '../../helpers/with-app.ts';

type Json = Record<string, unknown>;

const { current: key } = createKeyRing(testEnvironment['JWT_SECRET'] ?? '', undefined);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs a token with the right key unless `secret` is passed, so that only the part that a test changes is wrong. */
function forge(header: Json, claims: unknown, secret: KeyObject = key.accessTokens, hash = 'sha256'): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

describe('An access token', () => {
  let test: TestApp;
  let user: TestUser;
  let header: Json;
  let claims: Json;
  let now: number;

  beforeAll(async () => {
    test = await buildTestApp();
    user = await test.buildUser();
  });
  beforeEach(async () => {
    const { email, password } = user;
    const { body } = await test.http.post('/auth/login').send({ email, password }).expect(200);
    const decoded = jwt.decode(body.data.accessToken, { complete: true });
    header = { ...decoded?.header };
    claims = { ...(decoded?.payload as Json) };
    now = claims['iat'] as number;
  });
  afterAll(() => test.close());

  const read = (accessToken: string) => test.as({ accessToken }).get('/users/me');

  async function expectRefused(accessToken: string): Promise<void> {
    const response = await read(accessToken);
    expect(response.status).toBe(401);
    expect(response.body).toMatchObject({ status: 'error', code: 'UNAUTHENTICATED' });
    expect(response.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
    expect(response.get('Cache-Control')).toBe('no-store');
  }

  it('contains exactly these claims', () => {
    expect(header).toEqual({ alg: 'HS256', typ: 'at+jwt', kid: key.id });
    expect(claims).toEqual({
      iss: 'strata',
      aud: 'strata-api',
      sub: user.id,
      sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tv: 1,
      roles: ['user'],
      iat: Math.floor(test.clock.now().getTime() / 1_000),
      exp: now + 900,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      auth_time: expect.any(Number),
    });
  });

  it('is accepted if it is well-formed, with the scheme in any letter case', async () => {
    const token = forge(header, { ...claims, jti: randomUUID() });
    await read(token).expect(200);
    await test.http.get('/users/me').set('Authorization', `bearer ${token}`).expect(200);
  });

  it.each(['iss', 'aud', 'sub', 'sid', 'tv', 'roles', 'iat', 'exp', 'jti', 'auth_time'])(
    'is refused without %s',
    async (name) => {
      const { [name]: _left, ...others } = claims;
      await expectRefused(forge(header, others));
    },
  );

  it.each<[string, (at: number) => Json]>([
    ['an exp beyond the maximum lifetime', (at) => ({ exp: at + 901 })],
    ['an absurdly large exp', () => ({ exp: 1e30 })],
    ['an exp that is a string', (at) => ({ exp: String(at + 900) })],
    ['an exp before its iat', (at) => ({ exp: at - 1 })],
    ['an iat in the future', (at) => ({ iat: at + 60, exp: at + 120 })],
    ['an iat below zero', () => ({ iat: -1 })],
    ['a fraction of a second', (at) => ({ iat: at + 0.5 })],
    ['an nbf', (at) => ({ nbf: at })],
    ['another iss', () => ({ iss: 'someone-else' })],
    ['another aud', () => ({ aud: 'another-api' })],
    ['an array as aud', () => ({ aud: ['strata-api'] })],
    ['an object as sub', () => ({ sub: { id: 1 } })],
    ['a sub that is not a UUID', () => ({ sub: 'admin' })],
    ['an unknown sub', () => ({ sub: randomUUID() })],
    ['an unknown sid', () => ({ sid: randomUUID() })],
    ['a sid that is a number', () => ({ sid: 1 })],
    ['another token version', () => ({ tv: 2 })],
    ['a token version that is a string', () => ({ tv: '1' })],
    ['roles that are a string', () => ({ roles: 'admin' })],
    ['a jti that is not a UUID', () => ({ jti: 'x' })],
    ['an unknown claim', () => ({ admin: true })],
  ])('is rejected with %s', async (_what, change) => {
    await expectRefused(forge(header, { ...claims, ...change(now) }));
  });

  it.each<[string, Json]>([
    ['typ JWT', { typ: 'JWT' }],
    ['typ AT+JWT', { typ: 'AT+JWT' }],
    ['an unknown kid', { kid: 'other' }],
    ['no kid', { kid: undefined }],
    ['crit', { crit: ['exp'] }],
    ['jku', { jku: 'https://evil.example/keys' }],
    ['x5u', { x5u: 'https://evil.example/certificate' }],
    ['jwk', { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['alg none', { alg: 'none' }],
    ['alg RS256', { alg: 'RS256' }],
  ])('is rejected with %s in its header', async (_what, change) => {
    await expectRefused(forge({ ...header, ...change }, claims));
  });

  it('is rejected without a signature, and with a hash of another length', async () => {
    await expectRefused(`${encode({ ...header, alg: 'none' })}.${encode(claims)}.`);
    await expectRefused(`${encode(header)}.${encode(claims)}.`);
    await expectRefused(forge({ ...header, alg: 'HS512' }, claims, key.accessTokens, 'sha512'));
    await expectRefused(forge(header, claims, key.accessTokens, 'sha512'));
  });

  it('is rejected if its session belongs to another user', async () => {
    const stranger = await test.buildUser();
    await expectRefused(forge(header, { ...claims, sub: stranger.id }));
  });

  it('is rejected if it is signed with a key for another purpose', async () => {
    await expectRefused(forge(header, claims, key.refreshTokens));
  });

  it('is rejected if it is malformed', async () => {
    const [head = '', , signature = ''] = forge(header, claims).split('.');
    const garbage = [
      'nonsense',
      '.',
      '..',
      `${head}.`,
      `${head}.x.${signature}`,
      `${head}.${encode('text')}.x`,
    ];
    for (const token of [...garbage, forge(header, null), forge(header, [])]) await expectRefused(token);
  });

  it.each(['', 'Bearer', 'Bearer  ', 'Basic YWRhOnBhc3N3b3Jk', 'Bearer two words', 'token'])(
    'is not found in the header "%s"',
    async (authorization) => {
      const response = await test.http.get('/users/me').set('Authorization', authorization).expect(401);
      expect(response.body.code).toBe('UNAUTHENTICATED');
    },
  );

  it('does not grant the roles it contains', async () => {
    await test
      .as({ accessToken: forge(header, { ...claims, roles: ['admin'] }) })
      .get('/users')
      .expect(403);
  });

  it('returns a WWW-Authenticate header without an error if no token was sent', async () => {
    const response = await test.http.get('/users/me').expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('expires with a tolerance of five seconds', async () => {
    const token = forge(header, claims);
    test.clock.advance(904_000);
    await read(token).expect(200);
    test.clock.advance(1_000);
    await expectRefused(token);
  });

  it('is valid for ACCESS_TOKEN_TTL_SECONDS', async () => {
    await withTestApp({ settings: { ACCESS_TOKEN_TTL_SECONDS: '60' } }, async (short) => {
      const { accessToken, cookie } = await short.buildUser();
      const refreshed = await short.http
        .post('/auth/refresh')
        .set({ Cookie: cookie, 'X-Requested-With': 'test' });
      expect(refreshed.body.data.expiresIn).toBe(60);
      short.clock.advance(65_000);
      await short.as({ accessToken }).get('/users/me').expect(401);
    });
  });

  it('is not accepted while the database is unavailable', async () => {
    await withTestApp({}, async (cut) => {
      const { accessToken } = await cut.buildUser();
      await cut.db.close();
      const response = await cut.as({ accessToken }).get('/users/me').expect(503);
      expect(response.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    });
  });
});
