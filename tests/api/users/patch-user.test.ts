import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { backdateSession } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import { sendWhileLocked } from '../../helpers/locks.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('PATCH /users/:id', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const change = (id: string, body: object, by = admin) => test.as(by).patch(`/users/${id}`).send(body);

  it('200 with the changes and the next version', async () => {
    const { id } = await test.buildUser({ name: 'Old Name' });
    const before = await test.as(admin).get(`/users/${id}`);
    test.clock.advance(1_000);
    const body = { name: 'New Name', roles: ['manager'], status: 'disabled' };
    const response = await change(id, body).expect(200);
    expect(response.body).toEqual({
      status: 'success',
      data: { ...before.body.data, ...body, version: 2, updatedAt: test.clock.now().toISOString() },
    });
    expect(response.get('ETag')).toBe('"v2"');
    const read = await test.as(admin).get(`/users/${id}`);
    expect(read.body).toEqual(response.body);
  });

  it.each([{ name: 'New Name' }, { roles: ['admin'] }, { status: 'disabled' }])(
    '200 for only %j, and the rest is unchanged',
    async (body) => {
      const { id } = await test.buildUser();
      const before = await test.as(admin).get(`/users/${id}`);
      const { updatedAt: _then, ...response } = (await change(id, body).expect(200)).body.data;
      const { updatedAt: _now, ...expected } = { ...before.body.data, ...body, version: 2 };
      expect(response).toEqual(expected);
      await test.as(admin).delete(`/users/${id}`).expect(204);
    },
  );

  it('403 for adding roles and for enabling after a sign-in more than ten minutes ago', async () => {
    const [user, late] = [await test.buildUser(), await test.buildUser({ roles: ['admin'] })];
    await backdateSession(test, late.cookie, 'auth_time', 1_200);
    for (const body of [{ roles: ['user', 'manager'] }, { roles: ['admin'], name: 'Eve' }])
      expectError(await change(user.id, body, late), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    await change(user.id, { name: 'Renamed', roles: ['user'], status: 'disabled' }, late).expect(200);
    expectError(await change(user.id, { roles: ['admin'] }, late), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    expectError(await change(user.id, { status: 'active' }, late), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    const read = await test.as(late).get(`/users/${user.id}`).expect(200);
    expect(read.body.data).toMatchObject({ name: 'Renamed', roles: ['user'], status: 'disabled' });
    const promoted = await test.buildUser({ roles: ['user', 'manager'] });
    await change(promoted.id, { roles: ['user'] }, late).expect(200);
    await test.as(late).delete('/users/me').send({ password: late.password }).expect(204);
  });

  it('200 for unchanged roles and status does not sign the user out', async () => {
    const user = await test.buildUser({ roles: ['user', 'manager'] });
    await change(user.id, { roles: ['manager', 'user'], status: 'active' }).expect(200);
    await test.as(user).patch('/users/me').send({ name: 'Still here' }).expect(200);
  });

  it('200 records only changes of rights in the audit trail', async () => {
    const { id } = await test.buildUser({ roles: ['user'] });
    await change(id, { roles: ['manager', 'user'], status: 'disabled' }).expect(200);
    await change(id, { name: 'Somebody', roles: ['user', 'manager'], status: 'disabled' }).expect(200);
    await change(id, { status: 'active' }).set('If-Match', '"v1"').expect(412);
    await change(id, { status: 'active' }).expect(200);
    const by = { actorId: admin.id, ip: '127.0.0.1' };
    expect(await auditEventsOf(test, 'users', id)).toMatchObject([
      { type: 'users.created' },
      { ...by, type: 'users.roles_changed', details: { from: ['user'], to: ['manager', 'user'] } },
      { ...by, type: 'users.disabled', details: {} },
      { ...by, type: 'users.enabled', details: {} },
    ]);
    expect(await auditEventsOf(test, 'users', id)).toHaveLength(4);
  });

  it('200 if If-Match is the current version', async () => {
    const { id } = await test.buildUser();
    await change(id, { name: 'New Name' }).set('If-Match', '"v1"').expect(200);
  });

  it('200 for the last administrator who keeps the role', async () => {
    const { body } = await change(admin.id, { name: 'Root' }).expect(200);
    expect(body.data.name).toBe('Root');
  });

  it('200 for an administrator who drops the role while another is active', async () => {
    const other = await test.buildUser({ roles: ['admin', 'user'] });
    await change(other.id, { roles: ['user'] }, other).expect(200);
  });

  it.each<[string, object, string]>([
    ['nothing', {}, ' object.min'],
    ['an unknown role', { roles: ['root'] }, 'roles.0 any.only'],
    ['a role twice', { roles: ['user', 'user'] }, 'roles.1 array.unique'],
    ['no roles', { roles: [] }, 'roles array.min'],
    ['an unknown status', { status: 'erased' }, 'status any.only'],
    ['a blank name', { name: ' ' }, 'name string.pattern.base'],
    ['an e-mail address', { email: 'new@example.com' }, 'email object.unknown'],
    ['a password', { password: 'correct horse' }, 'password object.unknown'],
  ])('400 for %s', async (_what, body, issue) => {
    const response = await change(admin.id, body).expect(400);
    const issues = response.body.details.map(({ path, rule }: Record<string, string>) => `${path} ${rule}`);
    expect(issues).toContain(issue);
  });

  it('400 for an id that is not a UUID, together with invalid fields of the body', async () => {
    const response = await change('12', { name: 7 }).expect(400);
    expect(response.body.details).toMatchObject([
      { in: 'params', path: 'id' },
      { in: 'body', path: 'name' },
    ]);
  });

  it('401 without an access token', async () => {
    await test.http.patch(`/users/${admin.id}`).send({ name: 'Nobody' }).expect(401);
  });

  it.each(['user', 'manager'] as const)('403 for a %s, also for their own account', async (role) => {
    const user = await test.buildUser({ roles: [role] });
    const response = await change(user.id, { roles: ['admin'] }, user).expect(403);
    expect(response.body.code).toBe('FORBIDDEN');
  });

  it('404 for an unknown user and for an erased one', async () => {
    const { id } = await test.buildUser();
    await test.as(admin).delete(`/users/${id}`).expect(204);
    for (const gone of ['0190b8d2-0000-7000-8000-000000000000', id]) {
      const response = await change(gone, { name: 'Nobody' }).expect(404);
      expect(response.body.code).toBe('USERS_NOT_FOUND');
    }
  });

  it.each([{ roles: ['user'] }, { status: 'disabled' }, { roles: ['manager'], status: 'active' }])(
    '409 for the last administrator with %j',
    async (body) => {
      const disabled = await test.buildUser({ roles: ['admin'] });
      await change(disabled.id, { status: 'disabled' }).expect(200);
      const response = await change(admin.id, body).expect(409);
      expect(response.body).toMatchObject({ status: 'error', code: 'USERS_LAST_ADMIN' });
      expect(await auditEventsOf(test, 'users', admin.id)).toMatchObject([{ type: 'users.created' }]);
      await test.as(admin).get('/users').expect(200);
    },
  );

  it('409 for one of two last administrators who demote each other concurrently', async () => {
    await withTestApp({}, async (app) => {
      const [one, two] = [
        await app.buildUser({ roles: ['admin'] }),
        await app.buildUser({ roles: ['admin'] }),
      ];
      const demote = (by: TestUser, id: string) =>
        app
          .as(by)
          .patch(`/users/${id}`)
          .send({ roles: ['user'] });
      const responses = await sendWhileLocked(app, `SELECT 1 FROM users FOR UPDATE`, [
        demote(one, two.id),
        demote(two, one.id),
      ]);
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
      const admins = await app.db.query(`SELECT 1 FROM users WHERE roles @> '{admin}'`);
      expect(admins).toHaveLength(1);
    });
  });

  it('412 if If-Match is another version, without a change', async () => {
    const { id } = await test.buildUser({ name: 'Old Name' });
    const response = await change(id, { name: 'New Name' }).set('If-Match', '"v2"').expect(412);
    expect(response.body.code).toBe('PRECONDITION_FAILED');
    const read = await test.as(admin).get(`/users/${id}`);
    expect(read.body.data).toMatchObject({ name: 'Old Name', version: 1 });
  });
});
