import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { withoutRequestId } from '../../helpers/auth.ts';

describe('GET /users/:id', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const read = (id: string) => test.as(admin).get(`/users/${id}`);

  it('200 with the same view as GET /users/me, the version as ETag, and no-store', async () => {
    const user = await test.buildUser();
    const response = await read(user.id).expect(200);
    const me = await test.as(user).get('/users/me');
    expect(response.body).toEqual(me.body);
    expect(response.get('ETag')).toBe('"v1"');
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  it('200 for an id in upper case', async () => {
    await read(admin.id.toUpperCase()).expect(200);
  });

  it('304 if the caller has this version', async () => {
    const { id } = await test.buildUser();
    await read(id).set('If-None-Match', '"v1"').expect(304);
  });

  it('400 for an id that is not a UUID', async () => {
    const response = await read('12').expect(400);
    expect(response.body.details).toMatchObject([{ in: 'params', path: 'id', rule: 'string.guid' }]);
  });

  it('401 without an access token', async () => {
    const response = await test.http.get(`/users/${admin.id}`).expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });

  it.each(['user', 'manager'] as const)('403 for a %s, also for their own account', async (role) => {
    const user = await test.buildUser({ roles: [role] });
    const response = await test.as(user).get(`/users/${user.id}`).expect(403);
    expect(response.body.code).toBe('FORBIDDEN');
  });

  it('404 for an unknown user and for an erased one', async () => {
    const { id } = await test.buildUser();
    await test.as(admin).delete(`/users/${id}`).expect(204);
    const never = await read('0190b8d2-0000-7000-8000-000000000000').expect(404);
    const erased = await read(id).expect(404);
    expect(never.body).toMatchObject({ status: 'error', code: 'USERS_NOT_FOUND' });
    expect(withoutRequestId(erased)).toEqual(withoutRequestId(never));
  });
});
