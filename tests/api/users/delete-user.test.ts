import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { refresh } from '../../helpers/auth.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('DELETE /users/:id', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const erase = (id: string, by = admin) => test.as(by).delete(`/users/${id}`);

  it('204 erases the user: sign-in and sessions fail, and the address is free', async () => {
    const user = await test.buildUser();
    const { email, password } = user;
    const response = await erase(user.id).expect(204);
    expect(response.text).toBe('');
    await test.http.post('/auth/login').send({ email, password }).expect(401);
    await refresh(test, user.cookie).expect(401);
    await test.as(user).get('/users/me').expect(401);
    await test.http.post('/auth/register').send({ email, password, name: 'Again' }).expect(201);
  });

  it('204 is recorded in the audit trail', async () => {
    const { id } = await test.buildUser();
    await erase(id).set('If-Match', '"v2"').expect(412);
    await erase(id).expect(204);
    expect((await auditEventsOf(test, 'users', id)).slice(1)).toMatchObject([
      { type: 'users.erased', actorId: admin.id, details: {} },
    ]);
  });

  it('204 for a disabled user, and for another administrator', async () => {
    const disabled = await test.buildUser();
    await test.as(admin).patch(`/users/${disabled.id}`).send({ status: 'disabled' }).expect(200);
    await erase(disabled.id).expect(204);
    await erase((await test.buildUser({ roles: ['admin'] })).id).expect(204);
  });

  it('204 if If-Match is the current version', async () => {
    await erase((await test.buildUser()).id)
      .set('If-Match', '"v1"')
      .expect(204);
  });

  it('400 for an id that is not a UUID, and for a body', async () => {
    await erase('12').expect(400);
    const response = await erase(admin.id).send({ password: 'correct horse' }).expect(400);
    expect(response.body.details).toMatchObject([{ in: 'body', path: 'password', rule: 'object.unknown' }]);
  });

  it('401 without an access token', async () => {
    await test.http.delete(`/users/${admin.id}`).expect(401);
  });

  it.each(['user', 'manager'] as const)('403 for a %s, also for their own account', async (role) => {
    const user = await test.buildUser({ roles: [role] });
    const response = await erase(user.id, user).expect(403);
    expect(response.body.code).toBe('FORBIDDEN');
    await test.as(user).get('/users/me').expect(200);
  });

  it('404 for an unknown user, and for a second request', async () => {
    const { id } = await test.buildUser();
    await erase(id).expect(204);
    for (const gone of [id, '0190b8d2-0000-7000-8000-000000000000']) {
      const response = await erase(gone).expect(404);
      expect(response.body.code).toBe('USERS_NOT_FOUND');
    }
  });

  it('409 for the last administrator', async () => {
    const response = await erase(admin.id).expect(409);
    expect(response.body).toMatchObject({ status: 'error', code: 'USERS_LAST_ADMIN' });
    await test.as(admin).get('/users').expect(200);
  });

  it('409 for one of two last administrators who erase each other concurrently', async () => {
    await withTestApp({}, async (app) => {
      const [one, two] = [
        await app.buildUser({ roles: ['admin'] }),
        await app.buildUser({ roles: ['admin'] }),
      ];
      const responses = await sendWhileLocked(app, 'SELECT 1 FROM users FOR UPDATE', [
        app.as(one).delete(`/users/${two.id}`),
        app.as(two).delete(`/users/${one.id}`),
      ]);
      expect(responses.map(({ status }) => status).sort()).toEqual([204, 409]);
    });
  });

  it('412 if If-Match is another version', async () => {
    const { id } = await test.buildUser();
    const response = await erase(id).set('If-Match', '"v2"').expect(412);
    expect(response.body.code).toBe('PRECONDITION_FAILED');
    await test.as(admin).get(`/users/${id}`).expect(200);
  });
});
