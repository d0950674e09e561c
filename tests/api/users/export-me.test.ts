import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, cookieOf, type TestApp } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { sessionIdOf } from '../../helpers/auth.ts';
import { expectError } from '../../helpers/errors.ts';
import { sendRaw } from '../../helpers/raw-request.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';
// #region orders
import { buildOrder, buildProduct } from '../../helpers/factories.ts';
import { recordStatements } from '../../helpers/statements.ts';
// #endregion

describe('GET /users/me/export', () => {
  let test: TestApp;

  // #region orders
  let statementsOf: ReturnType<typeof recordStatements>;
  // #endregion

  beforeAll(async () => {
    test = await buildTestApp();
    // #region orders
    statementsOf = recordStatements(test);
    // #endregion
  });
  afterAll(() => test.close());

  it('200 with the account and all sessions of the caller only', async () => {
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
  it('200 with all orders of the caller only', async () => {
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

  it('200 with each of thousands of orders once, with its lines, in a few statements', async () => {
    const manager = await test.buildUser({ roles: ['manager'] });
    const user = await test.buildUser();
    const { id: productId } = await buildProduct(test, manager);
    await test.db.query(
      `WITH placed AS (
         INSERT INTO orders (id, customer_id, status, currency, total_minor, created_at)
         SELECT gen_random_uuid(), $1, 'paid', 'EUR', n, now() - n / 7 * interval '1 minute' FROM generate_series(1, 3000) n
         RETURNING id, total_minor)
       INSERT INTO order_items (order_id, position, product_id, sku, name, quantity, unit_price_minor)
       SELECT id, position, $2, 'SKU', 'Lamp', total_minor, position FROM placed, generate_series(0, 2) position`,
      [user.id, productId],
    );
    const statements = await statementsOf(test.as(user).get('/users/me/export'));
    expect(statements.filter(({ sql }) => sql.includes('order_items')).length).toBeLessThan(50);
    const { body } = await test.as(user).get('/users/me/export').expect(200);
    const orders = body.data.orders as { id: string; totalMinor: number; items: { quantity: number }[] }[];
    expect(new Set(orders.map(({ id }) => id)).size).toBe(3_000);
    for (const { totalMinor, items } of orders)
      expect(items).toMatchObject(
        [0, 1, 2].map((unitPriceMinor) => ({ quantity: totalMinor, unitPriceMinor })),
      );
  });
  // #endregion

  it('200 is recorded in the audit trail', async () => {
    const user = await test.buildUser();
    await test.as(user).get('/users/me/export').expect(200);
    expect((await auditEventsOf(test, 'users', user.id)).slice(1)).toMatchObject([
      { type: 'users.exported', actorId: user.id, ip: '127.0.0.1' },
    ]);
  });

  it('200 with the data of every module that holds personal data', async () => {
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

  it('200 without credentials', async () => {
    const user = await test.buildUser();
    const response = await test.as(user).get('/users/me/export').expect(200);
    const [secrets] = await test.db.query<{ password_hash: string; salt: string }>(
      'SELECT password_hash, salt FROM users JOIN sessions ON user_id = users.id WHERE users.id = $1',
      [user.id],
    );
    for (const secret of Object.values(secrets ?? {})) expect(response.text).not.toContain(secret);
    expect(Object.keys(secrets ?? {})).toHaveLength(2);
  });

  it('200 is streamed: a slow reader holds neither a connection nor a lock', async () => {
    const user = await test.buildUser();
    const sessions = 10_000;
    // Insert more data than the buffers of the sockets can hold, so that the export has to wait for its reader.
    await test.db.query(
      `INSERT INTO sessions (id, user_id, salt, key_id, ip, user_agent, revoked_at, idle_expires_at, absolute_expires_at)
       SELECT gen_random_uuid(), $1, 'salt', 'key', '192.0.2.1', repeat('x', 3000), now(), now(), now() + interval '1 day'
       FROM generate_series(1, $2::int)`,
      [user.id, sessions],
    );
    const other = await openSecondConnection(test);
    const headers = { Authorization: `Bearer ${user.accessToken}` };
    const asked = get(`${test.url}/api/v1/users/me/export`, { headers, agent: false });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    await other.untilIdle();
    await test.as(user).patch('/users/me').send({ name: 'Changed Meanwhile' }).expect(200);
    // Delete a row that the waiting export has not read yet. The export does not lock rows, so it must not contain this
    // one.
    const last = await test.db.query(
      `DELETE FROM sessions WHERE id = (SELECT id FROM sessions WHERE user_id = $1 AND user_agent LIKE 'xxx%'
         ORDER BY created_at, id LIMIT 1) RETURNING 1`,
      [user.id],
    );
    expect(last).toHaveLength(1);
    const { data } = (await json(answer)) as { data: { auth: { sessions: unknown[] } } };
    expect(data.auth.sessions).toHaveLength(sessions);
    await other.close();
  });

  it('200 without a body for HEAD', async () => {
    const user = await test.buildUser();
    const headers = { Authorization: `Bearer ${user.accessToken}` };
    const answer = await sendRaw(test.url, { method: 'HEAD', path: '/api/v1/users/me/export', headers });
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
      200,
      'application/json; charset=utf-8',
      '',
    ]);
  });

  it('500 as a problem document for a failure before the first byte', async () => {
    const user = await test.buildUser();
    await test.db.query('ALTER TABLE links RENAME TO links_gone');
    const response = await test.as(user).get('/users/me/export');
    await test.db.query('ALTER TABLE links_gone RENAME TO links');
    expectError(response, 500, 'INTERNAL');
  });

  it('401 without an access token', async () => {
    const response = await test.http.get('/users/me/export').expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });
});
