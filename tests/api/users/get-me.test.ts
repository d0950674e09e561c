import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';

describe('GET /users/me', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('200 with the account of the caller, its version as ETag, and no-store', async () => {
    const user = await test.buildUser({ name: 'Ada' });
    const response = await test.as(user).get('/users/me').expect(200);
    expect(response.body).toMatchObject({
      status: 'success',
      data: {
        id: user.id,
        email: user.email,
        name: 'Ada',
        roles: ['user'],
        emailVerified: false,
        status: 'active',
        createdAt: test.clock.now().toISOString(),
        updatedAt: test.clock.now().toISOString(),
        version: 1,
      },
    });
    expect(response.get('ETag')).toBe('"v1"');
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('304 if the caller has this version', async () => {
    const user = await test.buildUser();
    await test.as(user).get('/users/me').set('If-None-Match', '"v1"').expect(304);
    await test.as(user).get('/users/me').set('If-None-Match', '"v2"').expect(200);
  });

  it('400 for a query parameter', async () => {
    const user = await test.buildUser();
    const response = await test.as(user).get('/users/me?fields=id').expect(400);
    expect(response.body.details).toMatchObject([{ in: 'query', path: 'fields', rule: 'object.unknown' }]);
  });

  it('401 without an access token, also with a refresh cookie', async () => {
    const { cookie } = await test.buildUser();
    const response = await test.http.get('/users/me').set('Cookie', cookie).expect(401);
    expect(response.body.code).toBe('UNAUTHENTICATED');
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });
});
