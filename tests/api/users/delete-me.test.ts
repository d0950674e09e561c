import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { refresh } from '../../helpers/auth.ts';
// #region orders
import { buildProduct } from '../../helpers/factories.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
// #endregion

describe('DELETE /users/me', () => {
  let test: TestApp;
  let admin: TestUser;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    admin = await test.buildUser({ roles: ['admin'] });
  });
  beforeEach(async () => {
    user = await test.buildUser({ name: 'Ada Lovelace' });
  });
  afterAll(() => test.close());

  const eraseMe = (body: object = { password: user.password }) =>
    test.as(user).delete('/users/me').send(body);

  /** Returns every row of every table as text. */
  const everything = async (): Promise<string> => {
    const tables = await test.db.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    const rows = await Promise.all(
      tables.map(({ name }) => test.db.query<{ row: string }>(`SELECT ${name}::text AS row FROM ${name}`)),
    );
    return rows
      .flat()
      .map(({ row }) => row)
      .join('\n');
  };

  it('204 erases the account, all sessions and access tokens', async () => {
    const { email, password } = user;
    const other = await test.http.post('/auth/login').send({ email, password }).expect(200);
    const response = await eraseMe().expect(204);
    expect(response.text).toBe('');
    for (const token of [user, other.body.data]) await test.as(token).get('/users/me').expect(401);
    await refresh(test, user.cookie).expect(401);
    await test.http.post('/auth/login').send({ email, password }).expect(401);
    await test.as(admin).get(`/users/${user.id}`).expect(404);
  });

  it('204 frees the address for a new account', async () => {
    await eraseMe().expect(204);
    const { email, password } = user;
    const response = await test.http
      .post('/auth/register')
      .send({ email, password, name: 'Again' })
      .expect(201);
    expect(response.body.data.user.id).not.toBe(user.id);
    await test.as(response.body.data).delete('/users/me').send({ password }).expect(204);
  });

  // #region orders
  it('204 keeps orders without the address; no table identifies the user', async () => {
    const { id: productId } = await buildProduct(test, admin);
    const shippingAddress = {
      name: 'Augusta King',
      line1: '12 Analytical Row',
      city: 'Londinium',
      postalCode: 'LX1 8AA',
      country: 'GB',
    };
    const order = await test
      .as(user)
      .post('/orders')
      .set({ 'Idempotency-Key': idempotencyKey(), 'User-Agent': 'Difference Engine' })
      .send({ items: [{ productId, quantity: 2 }], shippingAddress })
      .expect(201);
    const traces = [user.email, 'Ada Lovelace', 'Augusta King', '12 Analytical Row', 'Londinium', 'LX1 8AA'];
    const before = await everything();
    for (const trace of traces) expect(before).toContain(trace);

    await eraseMe().expect(204);

    const after = await everything();
    for (const trace of traces) expect(after).not.toContain(trace);
    const { shippingAddress: _gone, ...rest } = order.body.data;
    const kept = await test.as(admin).get(`/orders/${order.body.data.id}`).expect(200);
    expect(kept.body.data).toEqual({ ...rest, version: 2, updatedAt: expect.any(String) });
  });
  // #endregion

  it('204 is recorded in the audit trail without the IP address', async () => {
    // #region organizations
    // The audit trail also records that the organization was deleted.
    await test.as(user).post('/organizations').send({ name: 'Looms' }).expect(201);
    // #endregion
    await eraseMe().set('User-Agent', 'Difference Engine').expect(204);
    const events = await auditEventsOf(test, 'users', user.id);
    expect(events.at(-1)).toEqual({
      type: 'users.erased',
      actorId: user.id,
      ip: null,
      userAgent: null,
      details: {},
    });
    expect(await everything()).not.toContain('Difference Engine');
    const [left] = await test.db.query(
      `SELECT count(*)::int AS events, count(ip)::int AS addresses FROM audit_events WHERE actor_id = $1`,
      [user.id],
    );
    expect(left).toEqual({ events: expect.any(Number), addresses: 0 });
    // #region organizations
    expect(
      await test.db.query(`SELECT 1 FROM audit_events WHERE type = 'organizations.deleted'`),
    ).toHaveLength(1);
    // #endregion
  });

  describe('with thousands of rows', () => {
    const count = 1_600;

    beforeEach(async () => {
      await test.db.query(
        `INSERT INTO audit_events (id, type, actor_id, ip, user_agent, details)
         SELECT gen_random_uuid(), 'tests.done', $1, '192.0.2.7', 'Difference Engine', '{}' FROM generate_series(1, $2::int)`,
        [user.id, count],
      );
      // #region orders
      await test.db.query(
        `INSERT INTO orders (id, customer_id, status, currency, total_minor, shipping_address)
         SELECT gen_random_uuid(), $1, 'paid', 'EUR', 1, 'sealed' FROM generate_series(1, $2::int)`,
        [user.id, count],
      );
      // #endregion
    });

    /**
     * Returns how many of the user's rows match the condition, and how many transactions have last changed the user's
     * rows.
     */
    const leftIn = async (table: string, owner: string, condition: string) => {
      const [row] = await test.db.query<{ left: number; transactions: number }>(
        `SELECT count(*) FILTER (WHERE ${condition})::int AS left, count(DISTINCT xmin::text)::int AS transactions
         FROM ${table} WHERE ${owner} = $1`,
        [user.id],
      );
      return row;
    };
    const origins = () => leftIn('audit_events', 'actor_id', 'ip IS NOT NULL OR user_agent IS NOT NULL');
    // #region orders
    const addresses = () => leftIn('orders', 'customer_id', 'shipping_address IS NOT NULL');
    // #endregion

    it('204 erases everything in many short transactions', async () => {
      await eraseMe().expect(204);
      const erased = await origins();
      expect(erased?.left).toBe(0);
      expect(erased?.transactions).toBeGreaterThan(3);
      // #region orders
      expect(await addresses()).toEqual({ left: 0, transactions: 4 });
      // #endregion
    });

    it('412 for another version and 409 for the last administrator, without erasing anything', async () => {
      await eraseMe().set('If-Match', '"v2"').expect(412);
      expect((await origins())?.left).toBeGreaterThanOrEqual(count);
      // #region orders
      expect(await addresses()).toEqual({ left: count, transactions: 1 });
      // #endregion
      await test.as(admin).delete(`/users/${admin.id}`).expect(409);
    });
  });

  it('204 if If-Match is the current version', async () => {
    await eraseMe().set('If-Match', '"v1"').expect(204);
  });

  it('400 without the password', async () => {
    const response = await eraseMe({}).expect(400);
    expect(response.body.details).toMatchObject([{ in: 'body', path: 'password', rule: 'any.required' }]);
    await test.as(user).get('/users/me').expect(200);
  });

  it('401 without an access token', async () => {
    const response = await test.http.delete('/users/me').send({ password: user.password }).expect(401);
    expect(response.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('403 with a wrong password, without erasing anything', async () => {
    const response = await eraseMe({ password: 'another password' }).expect(403);
    expect(response.body).toMatchObject({ status: 'error', code: 'USERS_WRONG_PASSWORD' });
    const read = await test.as(user).get('/users/me').expect(200);
    expect(read.body.data).toMatchObject({ name: 'Ada Lovelace', version: 1 });
    await refresh(test, user.cookie).expect(200);
  });

  it('409 for the last administrator', async () => {
    const { password } = admin;
    const response = await test.as(admin).delete('/users/me').send({ password }).expect(409);
    expect(response.body).toMatchObject({ status: 'error', code: 'USERS_LAST_ADMIN' });
    await test.as(admin).get('/users').expect(200);
  });

  it('412 if If-Match is another version', async () => {
    const response = await eraseMe().set('If-Match', '"v2"').expect(412);
    expect(response.body.code).toBe('PRECONDITION_FAILED');
    await test.as(user).get('/users/me').expect(200);
  });
});
