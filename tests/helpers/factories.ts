import { randomUUID } from 'node:crypto';
// #region orders
import { idempotencyKey } from './idempotency-key.ts';
// #endregion
import type { TestApp, TestUser } from './app.ts';

interface ProductFields {
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly stock: number;
}

export interface TestProduct extends ProductFields {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
}

/** Adds a product through the API. */
export async function buildProduct(
  test: TestApp,
  manager: TestUser,
  overrides: Partial<ProductFields> = {},
): Promise<TestProduct> {
  const body = {
    sku: `SKU-${randomUUID()}`,
    name: 'Oak Lamp',
    description: 'A lamp.',
    priceMinor: 1_250,
    currency: 'EUR',
    stock: 10,
    ...overrides,
  };
  const response = await test.as(manager).post('/products').send(body).expect(201);
  return response.body.data as TestProduct;
}

// #region orders
export interface TestOrder {
  readonly id: string;
  readonly status: string;
  readonly totalMinor: number;
  readonly version: number;
}

/** Places an order through the API. */
export async function buildOrder(
  test: TestApp,
  customer: TestUser,
  items: readonly { productId: string; quantity: number }[],
): Promise<TestOrder> {
  const response = await test
    .as(customer)
    .post('/orders')
    .set('Idempotency-Key', idempotencyKey())
    .send({ items })
    .expect(201);
  return response.body.data as TestOrder;
}
// #endregion
