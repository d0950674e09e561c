import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { eventsOf } from '../../helpers/audit.ts';
import { sessionIdOf } from '../../helpers/auth.ts';
// #region orders
import { buildOrder, buildProduct } from '../../helpers/factories.ts';
// #endregion

describe('GET /users/me/export', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await buildTestApp();
  });
  afterAll(() => test.close());

  it('200 with the account, every session of the caller, and of nobody else', async () => {
    const user = await test.buildUser();
    await test.buildUser();
    const { email, password } = user;
    const ended = await test.http.post('/auth/login').send({ email, password }).expect(200);
    await test.as(ended.body.data).post('/auth/logout').expect(204);

    const response = await test.as(user).get('/users/me/export').expect(200);

    const me = await test.as(user).get('/users/me');
    const [session] = (await test.as(user).get('/auth/sessions')).body.data;
    expect(response.body).toMatchObject({
      status: 'success',
      data: {
        user: me.body.data,
        auth: {
          sessions: [
            expect.objectContaining({ id: sessionIdOf(cookieOf(ended)), ip: '127.0.0.1', current: false }),
            { ...session, current: false },
          ],
        },
      },
    });
    expect(response.get('Cache-Control')).toBe('no-store');
  });

  // #region orders
  it('200 with every order of the caller, and of nobody else', async () => {
    const manager = await test.buildUser({ roles: ['manager'] });
    const [user, stranger] = [await test.buildUser(), await test.buildUser()];
    const items = [{ productId: (await buildProduct(test, manager)).id, quantity: 1 }];
    const order = await buildOrder(test, user, items);
    await buildOrder(test, stranger, items);
    const response = await test.as(user).get('/users/me/export').expect(200);
    expect(response.body.data).toMatchObject({
      orders: [order],
      idempotency: [{ operation: 'POST /api/v1/orders' }],
    });
  });
  // #endregion

  it('200 and the audit trail tells of it', async () => {
    const user = await test.buildUser();
    await test.as(user).get('/users/me/export').expect(200);
    expect((await eventsOf(test, 'users', user.id)).slice(1)).toMatchObject([
      { type: 'users.exported', actorId: user.id, ip: '127.0.0.1' },
    ]);
  });

  it('200 with the part of every module that holds something about people', async () => {
    const user = await test.buildUser();
    const { body } = await test.as(user).get('/users/me/export').expect(200);
    const holders = [...test.app.modules.instances].filter(
      ([, { personalData }]) => personalData !== undefined,
    );
    const parts = ['user', 'idempotency', ...holders.map(([name]) => name)];
    expect(Object.keys(body.data).sort()).toEqual(parts.sort());
    expect(parts).toEqual(expect.arrayContaining(['audit', 'auth', 'idempotency']));
    expect(body.data.user.language).toBe('en');
  });

  it('200 with nothing that opens the account', async () => {
    const user = await test.buildUser();
    const response = await test.as(user).get('/users/me/export').expect(200);
    const [secrets] = await test.db.query<{ password_hash: string; salt: string }>(
      'SELECT password_hash, salt FROM users JOIN sessions ON user_id = users.id WHERE users.id = $1',
      [user.id],
    );
    for (const secret of Object.values(secrets ?? {})) expect(response.text).not.toContain(secret);
    expect(Object.keys(secrets ?? {})).toHaveLength(2);
  });

  it('401 without an access token', async () => {
    const response = await test.http.get('/users/me/export').expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });
});
