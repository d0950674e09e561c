import { createHash, randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { v7 } from 'uuid';
import { pool } from './pool.ts';

// Places an order in one handwritten transaction. Reads, locks and writes the same rows as the service, with prepared
// statements, but checks nothing else.

export interface OrderBody {
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

interface Stored {
  readonly status: number;
  readonly body: string;
}

interface Held {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly stock: number;
}

const operation = 'POST /api/v1/orders';

/** Places the order. If this idempotency key was used before, returns the stored response. */
export async function placeOrder(customerId: string, key: string, order: OrderBody): Promise<Stored> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const stored = await placeOnce(client, customerId, key, order);
    await client.query('COMMIT');
    client.release();
    return stored;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function placeOnce(
  client: PoolClient,
  customerId: string,
  key: string,
  { items }: OrderBody,
): Promise<Stored> {
  await client.query({
    name: 'lock-key',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`${customerId} ${operation} ${key}`],
  });
  const { rows: kept } = await client.query<Stored>({
    name: 'find-key',
    text: 'SELECT status, body FROM idempotency_records WHERE user_id = $1 AND operation = $2 AND key = $3',
    values: [customerId, operation, key],
  });
  if (kept[0] !== undefined) return kept[0];
  await client.query({
    name: 'hold-user',
    text: `SELECT 1 FROM users WHERE id = $1 AND status = 'active' AND deleted_at IS NULL FOR KEY SHARE`,
    values: [customerId],
  });
  const products = await takeStock(client, items);
  const answer = await insertOrder(client, customerId, items, products);
  await client.query({
    name: 'keep-answer',
    text: `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, headers, body)
      VALUES ($1, $2, $3, $4, $5, '{}', $6)`,
    values: [customerId, operation, key, fingerprintOf(items), answer.status, answer.body],
  });
  return answer;
}

const fingerprintOf = (items: OrderBody['items']): string =>
  createHash('sha256').update(JSON.stringify(items)).digest('hex');

async function takeStock(client: PoolClient, items: OrderBody['items']): Promise<ReadonlyMap<string, Held>> {
  const { rows } = await client.query<Held>({
    name: 'hold-products',
    text: `SELECT id, sku, name, price_minor::float8 AS "priceMinor", currency, stock FROM products
      WHERE id = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
    values: [items.map(({ productId }) => productId)],
  });
  const held = new Map(rows.map((row) => [row.id, row]));
  if (items.some(({ productId, quantity }) => (held.get(productId)?.stock ?? 0) < quantity))
    throw new Error('Not enough stock.');
  await client.query({
    name: 'take-stock',
    text: `UPDATE products SET stock = stock - line.quantity, version = version + 1, updated_at = now()
      FROM unnest($1::uuid[], $2::int[]) AS line (id, quantity) WHERE products.id = line.id`,
    values: [items.map(({ productId }) => productId), items.map(({ quantity }) => quantity)],
  });
  return held;
}

async function insertOrder(
  client: PoolClient,
  customerId: string,
  items: OrderBody['items'],
  products: ReadonlyMap<string, Held>,
): Promise<Stored> {
  const id = v7();
  const lines = items.flatMap(({ productId, quantity }) => {
    const product = products.get(productId);
    return product === undefined ? [] : [{ ...product, quantity }];
  });
  const totalMinor = lines.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0);
  const currency = lines[0]?.currency ?? '';
  const at = new Date();
  await client.query({
    name: 'insert-order',
    text: `INSERT INTO orders (id, customer_id, status, currency, total_minor, created_at, updated_at)
      VALUES ($1, $2, 'pending', $3, $4, $5, $5)`,
    values: [id, customerId, currency, totalMinor, at],
  });
  await client.query({
    name: 'insert-lines',
    text: `INSERT INTO order_items (order_id, position, product_id, sku, name, quantity, unit_price_minor)
      SELECT $1, line.* FROM unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::bigint[]) AS line`,
    values: [
      id,
      lines.map((_line, index) => index),
      lines.map((line) => line.id),
      lines.map(({ sku }) => sku),
      lines.map(({ name }) => name),
      lines.map(({ quantity }) => quantity),
      lines.map(({ priceMinor }) => priceMinor),
    ],
  });
  await publish(client, id, { orderId: id, customerId, totalMinor, currency });
  const views = lines.map(({ id: productId, sku, name, quantity, priceMinor }) => {
    return { productId, sku, name, quantity, unitPriceMinor: priceMinor };
  });
  const facts = { id, customerId, status: 'pending', currency, totalMinor, items: views };
  const data = { ...facts, createdAt: at, updatedAt: at, version: 1 };
  return { status: 201, body: JSON.stringify({ status: 'success', data }) };
}

async function publish(client: PoolClient, orderId: string, payload: object): Promise<void> {
  await client.query({
    name: 'publish',
    text: `WITH counted AS (
        INSERT INTO outbox_sequences (aggregate_type, aggregate_id, last) VALUES ('order', $1, 1) RETURNING last)
      INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers)
      SELECT $2, 'order', $1, last, 'orders.placed', 1, $3, '{}' FROM counted`,
    values: [orderId, randomUUID(), JSON.stringify(payload)],
  });
}
