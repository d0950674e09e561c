import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { refresh } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';

describe('administration of sign-ins', () => {
  let test: TestApp;
  let other: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    other = await buildTestApp({ databaseUrl: test.databaseUrl });
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const login = ({ email, password }: TestUser, given = password) =>
    test.http.post('/auth/login').send({ email, password: given });
  const eventsAbout = (subjectId: string, type: string) =>
    test.db.query<{ actorId: string }>(
      'SELECT actor_id AS "actorId" FROM audit_events WHERE subject_id = $1 AND type = $2',
      [subjectId, type],
    );

  it('GET /users/:id/sessions: 200 with the sessions of the user, none marked as current', async () => {
    const user = await test.buildUser();
    await login(user).expect(200);
    const response = await test.as(admin).get(`/users/${user.id}/sessions`).expect(200);
    expect(response.body.data).toHaveLength(2);
    expect(response.body.data[0]).toMatchObject({
      id: expect.any(String),
      device: null,
      ip: expect.any(String),
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
      current: false,
    });
  });

  it('DELETE /users/:id/sessions: 204, ends all sessions in every process and is audited', async () => {
    const user = await test.buildUser();
    await other.as(user).get('/users/me').expect(200);
    await test.as(admin).delete(`/users/${user.id}/sessions`).expect(204);
    await test.as(user).get('/users/me').expect(401);
    await other.as(user).patch('/users/me').send({ name: 'x' }).expect(401);
    await refresh(other, user.cookie).expect(401);
    await login(user).expect(200);
    expect(await eventsAbout(user.id, 'auth.sessions_ended')).toEqual([{ actorId: admin.id }]);
  });

  it('POST /users/:id/unlock: 204, lets the right password sign in again and is audited', async () => {
    const user = await test.buildUser();
    for (let round = 0; round < 10; round += 1) await login(user, 'wrong password').expect(401);
    await login(user).expect(401);
    await test.as(admin).post(`/users/${user.id}/unlock`).expect(204);
    await login(user).expect(200);
    expect(await eventsAbout(user.id, 'users.unlocked')).toEqual([{ actorId: admin.id }]);
  });

  it.each([
    ['get', 'sessions'],
    ['delete', 'sessions'],
    ['post', 'unlock'],
  ] as const)('%s /users/:id/%s is 400, 403 and 404 as everywhere', async (method, what) => {
    expectError(await test.as(admin)[method](`/users/nobody/${what}`), 400, 'VALIDATION_ERROR');
    const user = await test.buildUser();
    expectError(await test.as(user)[method](`/users/${admin.id}/${what}`), 403, 'FORBIDDEN');
    expectError(await test.as(admin)[method](`/users/${randomUUID()}/${what}`), 404, 'USERS_NOT_FOUND');
  });
});
