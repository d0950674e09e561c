import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { refresh } from '../../helpers/auth.ts';
import { withTestApp } from '../../helpers/with-app.ts';

describe('Access revoked by an administrator', () => {
  let test: TestApp;
  let root: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    root = await test.buildUser({ roles: ['admin'] });
  });
  afterAll(() => test.close());

  const change = (id: string, body: object) => test.as(root).patch(`/users/${id}`).send(body).expect(200);

  const takings: [string, (id: string) => Promise<unknown>][] = [
    ['by a change of roles', (id) => change(id, { roles: ['manager'] })],
    ['by disabling', (id) => change(id, { status: 'disabled' })],
    ['by erasing', (id) => test.as(root).delete(`/users/${id}`).expect(204)],
  ];

  it.each(takings)(
    'is lost immediately for writes and for routes with a permission: %s',
    async (_how, take) => {
      const user = await test.buildUser({ roles: ['admin'] });
      await test.as(user).get('/users').expect(200);
      await take(user.id);
      await test.as(user).get('/users').expect(401);
      await test.as(user).get(`/users/${root.id}`).expect(401);
      await test.as(user).patch('/users/me').send({ name: 'Late' }).expect(401);
      await test.as(user).delete(`/users/${root.id}`).expect(401);
    },
  );

  it.each(takings)('is lost immediately for reads too, cached or not: %s', async (_how, take) => {
    const [reader, newcomer] = [await test.buildUser(), await test.buildUser()];
    await test.as(reader).get('/users/me').expect(200);
    await take(reader.id);
    await test.as(reader).get('/users/me').expect(401);
    await take(newcomer.id);
    await test.as(newcomer).get('/users/me').expect(401);
  });

  it.each(takings)('is lost in every process within a second: %s', async (_how, take) => {
    const user = await test.buildUser({ roles: ['admin'] });
    await withTestApp({ databaseUrl: test.databaseUrl }, async (elsewhere) => {
      await elsewhere.as(user).get('/users/me').expect(200);
      await take(user.id);
      await elsewhere.as(user).get('/users').expect(401);
      elsewhere.clock.advance(1_000);
      await elsewhere.as(user).get('/users/me').expect(401);
    });
  });

  it('is updated by a refresh', async () => {
    const user = await test.buildUser({ roles: ['admin'] });
    await change(user.id, { roles: ['user'] });
    const { body } = await refresh(test, user.cookie).expect(200);
    await test.as(body.data).get('/users/me').expect(200);
    await test.as(body.data).get('/users').expect(403);
  });

  it('is not restored for old access tokens if the user is enabled again', async () => {
    const user = await test.buildUser();
    await change(user.id, { status: 'disabled' });
    await change(user.id, { status: 'active' });
    await test.as(user).get('/users/me').expect(401);
  });

  it('is not affected by a change of the name', async () => {
    const user = await test.buildUser();
    await change(user.id, { name: 'New Name' });
    await test.as(user).patch('/users/me').send({ name: 'Newer Name' }).expect(200);
  });
});

it('a new access token is accepted by a process that has cached the old rights', async () => {
  await withTestApp({}, async (one) => {
    await withTestApp({ databaseUrl: one.databaseUrl }, async (two) => {
      const user = await one.buildUser();
      await two.as(user).get('/users/me').expect(200);
      // Change the version directly in the database: the second process is not notified, and its cache never expires,
      // because its clock does not move.
      await one.db.query('UPDATE users SET token_version = token_version + 1 WHERE id = $1', [user.id]);
      const { body } = await refresh(one, user.cookie).expect(200);
      await two.as(body.data).get('/users/me').expect(200);
    });
  });
});
