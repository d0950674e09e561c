import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';

const shippingAddress = { name: 'Ada', line1: 'Row 12', city: 'London', postalCode: 'N1', country: 'GB' };

describe('POST /orders during the erasure of its customer', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  it('leaves no personal data, whichever commits first', async () => {
    const customer = await test.buildUser();
    const { id: productId } = await buildProduct(test, manager);
    const other = await openSecondConnection(test);
    try {
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM products WHERE id = $1 FOR UPDATE', [productId]);
      const placing = test
        .as(customer)
        .post('/orders')
        .set('Idempotency-Key', idempotencyKey())
        .send({ items: [{ productId, quantity: 1 }], shippingAddress })
        .then((response) => response.status);
      await other.untilWaiting(1);
      const erasing = test
        .as(customer)
        .delete('/users/me')
        .send({ password: customer.password })
        .then((response) => response.status);
      // Wait until both requests are blocked: the order by the lock of the product, and the erasure by the order.
      await other.untilWaiting(2);
      await other.query('COMMIT');
      expect(await Promise.all([placing, erasing])).toEqual([201, 204]);
    } finally {
      await other.close();
    }
    const personalRows = await test.db.query(
      `SELECT 1 FROM orders WHERE customer_id = $1 AND shipping_address IS NOT NULL
       UNION ALL SELECT 1 FROM idempotency_records WHERE user_id = $1`,
      [customer.id],
    );
    expect(personalRows).toEqual([]);
  });
});
