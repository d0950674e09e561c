import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { backdateSession } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';

describe('POST /users', () => {
  let test: TestApp;
  let admin: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const password = 'correct horse battery';
  const create = (overrides: object) =>
    test
      .as(admin)
      .post('/users')
      .send({ password, name: 'Ada', ...overrides });

  it('201 with the user, its location and version; the user can sign in', async () => {
    const response = await create({ email: 'New@Example.com', roles: ['manager', 'user'] }).expect(201);
    expect(response.body).toMatchObject({
      status: 'success',
      data: {
        id: expect.any(String),
        email: 'new@example.com',
        name: 'Ada',
        roles: ['manager', 'user'],
        emailVerified: false,
        status: 'active',
        createdAt: test.clock.now().toISOString(),
        updatedAt: test.clock.now().toISOString(),
        version: 1,
      },
    });
    expect(response.get('Location')).toBe(`/api/v1/users/${response.body.data.id}`);
    expect(response.get('ETag')).toBe('"v1"');
    const login = await test.http
      .post('/auth/login')
      .send({ email: 'new@example.com', password })
      .expect(200);
    expect(login.body.data.user).toEqual(response.body.data);
  });

  it('403 for a role other than user after a sign-in more than ten minutes ago', async () => {
    const late = await test.buildUser({ roles: ['admin'] });
    await backdateSession(test, late.cookie, 'auth_time', 1_200);
    const createLate = (email: string, roles?: string[]) =>
      test.as(late).post('/users').send({ email, password, name: 'Ada', roles });
    const response = await createLate('late-admin@example.com', ['user', 'admin']);
    expectError(response, 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    await createLate('late-user@example.com').expect(201);
  });

  it('201 with the role user by default', async () => {
    const response = await create({ email: 'default@example.com' }).expect(201);
    expect(response.body.data.roles).toEqual(['user']);
  });

  it('201 is recorded in the audit trail; a rejected request is not', async () => {
    const { body } = await create({ email: 'audited@example.com', roles: ['manager'] }).expect(201);
    expect(await auditEventsOf(test, 'users', body.data.id)).toEqual([
      {
        type: 'users.created',
        actorId: admin.id,
        ip: '127.0.0.1',
        userAgent: null,
        details: { roles: ['manager'] },
      },
    ]);
    const count = () => test.db.query(`SELECT 1 FROM audit_events WHERE type = 'users.created'`);
    const before = await count();
    await create({ email: 'audited@example.com' }).expect(409);
    expect(await count()).toEqual(before);
  });

  it('400 with all invalid fields', async () => {
    const body = { email: '@', password: 'short', name: '', roles: [], status: 'active' };
    const response = await test.as(admin).post('/users').send(body).expect(400);
    const issues = response.body.details.map(({ path, rule }: Record<string, string>) => `${path} ${rule}`);
    expect(issues.sort()).toEqual([
      'email string.email',
      'name string.empty',
      'password string.min',
      'roles array.min',
      'status object.unknown',
    ]);
  });

  it.each([
    [['root'], 'roles.0 any.only'],
    [['user', 'user'], 'roles.1 array.unique'],
    ['admin', 'roles array.base'],
  ])('400 for the roles %j', async (roles, issue) => {
    const response = await create({ email: 'roles@example.com', roles }).expect(400);
    const issues = response.body.details.map(({ path, rule }: Record<string, string>) => `${path} ${rule}`);
    expect(issues).toEqual([issue]);
  });

  it('401 without an access token', async () => {
    const response = await test.http.post('/users').send({}).expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });

  it.each(['user', 'manager'] as const)('403 for a %s, before the body is validated', async (role) => {
    const response = await test
      .as(await test.buildUser({ roles: [role] }))
      .post('/users')
      .send({});
    expect(response.status).toBe(403);
    expect(response.body.code).toBe('FORBIDDEN');
  });

  it('409 for a taken address in any spelling', async () => {
    await create({ email: 'taken@example.com' }).expect(201);
    const response = await create({ email: 'Taken@Example.com' }).expect(409);
    expect(response.body).toMatchObject({ status: 'error', code: 'AUTH_EMAIL_TAKEN' });
  });
});
