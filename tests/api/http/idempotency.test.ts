import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';
import { buildThing, buildThingsApp } from '../../helpers/things.ts';

describe('a request with an Idempotency-Key', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildThingsApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const borrow = (key: string, thingId: string, quantity = 1) =>
    test
      .as(manager)
      .post('/loans')
      .set('Idempotency-Key', key)
      .send({ items: [{ thingId, quantity }] });

  it('201, and the same response for a retry, without a second effect', async () => {
    const [{ id }, key] = [await buildThing(test, manager, { stock: 5 }), idempotencyKey()];
    const first = await borrow(key, id).expect(201);
    const second = await borrow(key, id).expect(201);
    expect(second.text).toBe(first.text);
    expect(second.get('Idempotency-Replayed')).toBe('true');
    expect((await test.http.get(`/things/${id}`)).body.data.stock).toBe(4);
  });

  it('409 while the first request is in progress', async () => {
    const [{ id }, key] = [await buildThing(test, manager), idempotencyKey()];
    const other = await openSecondConnection(test);
    try {
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM things WHERE id = $1 FOR UPDATE', [id]);
      const first = borrow(key, id).then((response) => response);
      await other.untilWaiting(1);
      expectError(await borrow(key, id), 409, 'IDEMPOTENCY_IN_FLIGHT');
      await other.query('ROLLBACK');
      expect((await first).status).toBe(201);
    } finally {
      await other.close();
    }
  });

  it('422 for a key of a different request', async () => {
    const [{ id }, key] = [await buildThing(test, manager), idempotencyKey()];
    await borrow(key, id).expect(201);
    expectError(await borrow(key, id, 2), 422, 'IDEMPOTENCY_KEY_REUSED');
  });
});
