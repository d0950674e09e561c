import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type supertest from 'supertest';
import { IdempotencyRepository } from '../../../src/http/idempotency.repository.ts';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError, issuesOf } from '../../helpers/errors.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { openSecondConnection, type SecondConnection } from '../../helpers/second-connection.ts';

describe('POST /orders with an Idempotency-Key', () => {
  let test: TestApp;
  let manager: TestUser;
  let user: TestUser;
  let other: SecondConnection;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
    user = await test.buildUser();
    other = await openSecondConnection(test);
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  const place = (key: string, body: object, by: Pick<TestUser, 'accessToken'> = user) =>
    test.as(by).post('/orders').set('Idempotency-Key', key).send(body);

  const orderOf = async (stock: number, quantity = 1) => {
    const { id: productId } = await buildProduct(test, manager, { stock });
    return { productId, body: { items: [{ productId, quantity }] } };
  };

  const stockOf = async (productId: string): Promise<number> => {
    const response = await test.http.get(`/products/${productId}`).expect(200);
    return response.body.data.stock as number;
  };

  /** Returns the parts of a response that the service stores and repeats for the same key. */
  const storedPart = (response: supertest.Response) => ({
    status: response.status,
    text: response.text,
    headers: ['Content-Type', 'Content-Length', 'ETag', 'Location', 'Cache-Control'].map((name) =>
      response.get(name),
    ),
  });

  const expectReplay = (replay: supertest.Response, first: supertest.Response): void => {
    expect(storedPart(replay)).toEqual(storedPart(first));
    expect(first.get('Idempotency-Replayed')).toBeUndefined();
    expect(replay.get('Idempotency-Replayed')).toBe('true');
    expect(replay.get('X-Request-Id')).not.toBe(first.get('X-Request-Id'));
  };

  it('201 with the identical response for a repeated request, and orders once', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    const first = await place(key, body).expect(201);
    test.clock.advance(60_000);
    const second = await place(key, body);
    const third = await place(key, body);
    expectReplay(second, first);
    expectReplay(third, first);
    expect(await stockOf(productId)).toBe(4);
  });

  it('replays the response for the same body in another Unicode form and with upper-case ids', async () => {
    const { productId } = await orderOf(5);
    const address = {
      name: 'Zo\u00eb',
      line1: 'Caf\u00e9 1',
      city: 'K\u00f6ln',
      postalCode: '1',
      country: 'DE',
    };
    const key = idempotencyKey();
    const first = await place(key, { items: [{ productId, quantity: 1 }], shippingAddress: address });
    const equivalent = {
      items: [{ productId: productId.toUpperCase(), quantity: 1 }],
      shippingAddress: { ...address, name: 'Zoe\u0308', line1: 'Cafe\u0301 1', city: 'Ko\u0308ln' },
    };
    expectReplay(await place(key, equivalent).expect(201), first);
    expect(await stockOf(productId)).toBe(4);
  });

  it('replays the response for the same body in another JSON format, and for the key in quotes', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    const first = await place(key, body).expect(201);
    const reordered = `{ "items" : [ {"quantity":1.0, "productId":"${productId}"} ] }`;
    const second = await test
      .as(user)
      .post('/orders')
      .set({ 'Idempotency-Key': `"${key}"`, 'Content-Type': 'application/json' })
      .send(reordered);
    expectReplay(second, first);
  });

  it('replays the response after the order was cancelled and its product deleted', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    const first = await place(key, body).expect(201);
    await test.as(user).post(`/orders/${first.body.data.id}/cancel`).expect(200);
    await test.as(manager).delete(`/products/${productId}`).expect(204);
    expectReplay(await place(key, body), first);
  });

  it('201 for each of two users with the same key', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    const mine = await place(key, body).expect(201);
    const theirs = await place(key, body, manager).expect(201);
    expect(theirs.get('Idempotency-Replayed')).toBeUndefined();
    expect(theirs.body.data.id).not.toBe(mine.body.data.id);
    expect(await stockOf(productId)).toBe(3);
  });

  it('201 for keys of 16 and of 255 characters', async () => {
    const { body } = await orderOf(5);
    await place('a'.repeat(16), body).expect(201);
    await place('Z9_-'.repeat(64).slice(1), body).expect(201);
  });

  it('201 after a 400: validation errors are not stored', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    await place(key, {}).expect(400);
    const twice = { items: [...body.items, ...body.items] };
    await place(key, twice).expect(400);
    const response = await place(key, body).expect(201);
    expect(response.get('Idempotency-Replayed')).toBeUndefined();
    expect(await stockOf(productId)).toBe(4);
  });

  it('201 after a 401', async () => {
    const { body } = await orderOf(5);
    const key = idempotencyKey();
    await place(key, body, { accessToken: 'none' }).expect(401);
    await place(key, body).expect(201);
  });

  it('201 with a new order after 24 hours', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    const first = await place(key, body).expect(201);
    const age = (hours: number) =>
      test.db.query(
        'UPDATE idempotency_records SET created_at = now() - make_interval(hours => $2, mins => -1) WHERE key = $1',
        [key, hours],
      );
    await age(24);
    expectReplay(await place(key, body), first);
    await test.db.query(
      `UPDATE idempotency_records SET created_at = now() - interval '24 hours 1 minute' WHERE key = $1`,
      [key],
    );
    const second = await place(key, body).expect(201);
    expect(second.get('Idempotency-Replayed')).toBeUndefined();
    expect(second.body.data.id).not.toBe(first.body.data.id);
    expectReplay(await place(key, body), second);
    expect(await stockOf(productId)).toBe(3);
  });

  it('one order for 20 concurrent requests; the others get a replay or 409', async () => {
    const { productId, body } = await orderOf(50);
    const key = idempotencyKey();
    const responses = await Promise.all(Array.from({ length: 20 }, () => place(key, body)));
    const first = responses.filter(
      (response) => response.status === 201 && response.get('Idempotency-Replayed') === undefined,
    );
    expect(first).toHaveLength(1);
    for (const response of responses) {
      if (response.status === 201) expect(storedPart(response)).toEqual(storedPart(first[0]!));
      else expectError(response, 409, 'IDEMPOTENCY_IN_FLIGHT');
    }
    expect(await stockOf(productId)).toBe(49);
  });

  it.each([
    ['missing', undefined, 'any.required'],
    ['too short', 'a'.repeat(15), 'string.pattern.base'],
    ['too long', 'a'.repeat(256), 'string.pattern.base'],
    ['with invalid characters', 'SENTINEL-key-with spaces', 'string.pattern.base'],
    ['empty', '', 'string.pattern.base'],
    ['given twice', `${'a'.repeat(16)}, ${'b'.repeat(16)}`, 'string.pattern.base'],
  ])('400 for a key that is %s', async (_what, key, rule) => {
    const { productId, body } = await orderOf(5);
    const request = test.as(user).post('/orders').send(body);
    const response = await (key === undefined ? request : request.set('Idempotency-Key', key));
    expectError(response, 400, 'VALIDATION_ERROR');
    expect(issuesOf(response)).toEqual([`headers idempotency-key ${rule}`]);
    expect(response.text).not.toContain('SENTINEL');
    expect(await stockOf(productId)).toBe(5);
  });

  it('401 for a repeated request of a signed-out user', async () => {
    const leaving = await test.buildUser();
    const { body } = await orderOf(5);
    const key = idempotencyKey();
    await place(key, body, leaving).expect(201);
    await test.as(leaving).post('/auth/logout-all').expect(204);
    expectError(await place(key, body, leaving), 401, 'UNAUTHENTICATED');
  });

  it('replays a 409, even if the product is back in stock', async () => {
    const { productId, body } = await orderOf(0);
    const key = idempotencyKey();
    const first = await place(key, body);
    expectError(first, 409, 'ORDERS_OUT_OF_STOCK');
    await test.as(manager).patch(`/products/${productId}`).send({ stock: 5 }).expect(200);
    expectReplay(await place(key, body), first);
    expect(await stockOf(productId)).toBe(5);
    await place(idempotencyKey(), body).expect(201);
  });

  it('replays a 409 as a problem document if the client prefers one', async () => {
    const { body } = await orderOf(0);
    const response = await place(idempotencyKey(), body)
      .set('Accept', 'application/problem+json')
      .expect(409);
    expect(response.get('Content-Type')).toBe('application/problem+json');
    expect(response.body).toMatchObject({ status: 409, code: 'ORDERS_OUT_OF_STOCK' });
  });

  it('409 while the first request runs, and its response afterwards', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM products WHERE id = $1 FOR UPDATE', [productId]);
    const first = place(key, body).then((response) => response);
    await other.untilWaiting(1);
    const second = await place(key, body);
    await other.query('ROLLBACK');
    expectError(second, 409, 'IDEMPOTENCY_IN_FLIGHT');
    expect(second.get('Retry-After')).toBe('1');
    expect(second.get('Idempotency-Replayed')).toBeUndefined();
    expect((await first).status).toBe(201);
    expectReplay(await place(key, body), await first);
    expect(await stockOf(productId)).toBe(4);
  });

  it('422 for a key that was used with another body', async () => {
    const { productId, body } = await orderOf(5);
    const key = idempotencyKey();
    await place(key, body).expect(201);
    const response = await place(key, { items: [{ productId, quantity: 2 }] });
    expectError(response, 422, 'IDEMPOTENCY_KEY_REUSED');
    expect(response.get('Idempotency-Replayed')).toBeUndefined();
    expect(await stockOf(productId)).toBe(4);
  });

  it('purges responses older than 24 hours, and no others', async () => {
    await test.db.query('DELETE FROM idempotency_records');
    const keys = [idempotencyKey(), idempotencyKey(), idempotencyKey()];
    const { body } = await orderOf(5);
    for (const key of keys) await place(key, body).expect(201);
    await test.db.query(
      `UPDATE idempotency_records SET created_at = now() - interval '24 hours 1 second' WHERE key <> $1`,
      [keys[2]],
    );
    const repository = new IdempotencyRepository(test.db);
    expect(await repository.purge(1)).toBe(1);
    expect(await repository.purge(1_000)).toBe(1);
    expect(await repository.purge(1_000)).toBe(0);
    expect(await test.db.query('SELECT key FROM idempotency_records')).toEqual([{ key: keys[2] }]);
  });
});
