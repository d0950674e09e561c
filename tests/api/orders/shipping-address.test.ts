import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import { buildProduct, type TestOrder } from '../../helpers/factories.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';

describe('the shipping address of an order', () => {
  const shippingAddress = {
    name: 'Augusta King',
    line1: '12 Analytical Row',
    city: 'Londinium',
    postalCode: 'LX1 8AA',
    country: 'GB',
  };
  let test: TestApp;
  let customer: TestUser;
  let productId: string;

  beforeAll(async () => {
    test = await buildTestApp();
    customer = await test.buildUser();
    ({ id: productId } = await buildProduct(test, await test.buildUser({ roles: ['manager'] })));
  });
  afterAll(() => test.close());

  const place = async (address: object = { shippingAddress }): Promise<TestOrder> => {
    const { body } = await test
      .as(customer)
      .post('/orders')
      .set('Idempotency-Key', idempotencyKey())
      .send({ items: [{ productId, quantity: 1 }], ...address })
      .expect(201);
    return body.data as TestOrder;
  };

  const stored = async ({ id }: TestOrder): Promise<string | null | undefined> => {
    const [row] = await test.db.query<{ address: string | null }>(
      'SELECT shipping_address AS address FROM orders WHERE id = $1',
      [id],
    );
    return row?.address;
  };
  const store = ({ id }: TestOrder, address: string | null | undefined) =>
    test.db.query('UPDATE orders SET shipping_address = $2 WHERE id = $1', [id, address]);

  it('is encrypted in the database, differently each time, and readable in every response', async () => {
    const [one, two] = [await place(), await place()];
    const values = [await stored(one), await stored(two)];
    for (const value of values) {
      expect(value).toMatch(/^e1\.[\w.-]+$/);
      // Look only for long parts of the address, because a short one could occur in the ciphertext by chance.
      const parts = Object.values(shippingAddress).filter(({ length }) => length > 4);
      for (const part of parts) expect(value).not.toContain(part);
    }
    expect(values[0]).not.toBe(values[1]);
    expect(one).toMatchObject({ shippingAddress });
    const read = await test.as(customer).get(`/orders/${one.id}`).expect(200);
    expect(read.body.data).toEqual(one);
    const list = await test.as(customer).get('/orders?limit=2').expect(200);
    expect(list.body.data).toEqual(expect.arrayContaining([one, two]));
    const cancelled = await test.as(customer).post(`/orders/${one.id}/cancel`).expect(200);
    expect(cancelled.body.data).toMatchObject({ shippingAddress });
    expect(await stored(one)).toBe(values[0]);
  });

  it('is optional', async () => {
    const order = await place({});
    expect(await stored(order)).toBeNull();
    expect(order).not.toHaveProperty('shippingAddress');
  });

  it('is readable if it was stored before the column was encrypted', async () => {
    const order = await place();
    await store(order, JSON.stringify(shippingAddress));
    const read = await test.as(customer).get(`/orders/${order.id}`).expect(200);
    expect(read.body.data).toEqual(order);
  });

  it('is not decrypted in another row, nor after tampering', async () => {
    const [one, two] = [await place(), await place()];
    const value = (await stored(one)) ?? '';
    await store(two, value);
    expectError(await test.as(customer).get(`/orders/${two.id}`), 500, 'INTERNAL');
    await store(two, `${value.slice(0, -8)}AAAAAAAA`);
    expectError(await test.as(customer).get(`/orders/${two.id}`), 500, 'INTERNAL');
    await test.as(customer).get(`/orders/${one.id}`).expect(200);
  });
});
