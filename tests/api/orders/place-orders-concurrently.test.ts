import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { buildProduct } from '../../helpers/factories.ts';
import { idempotencyKey } from '../../helpers/idempotency-key.ts';
import { openSecondConnection } from '../../helpers/second-connection.ts';

interface Line {
  readonly productId: string;
  readonly quantity: number;
}

describe('concurrent POST /orders', () => {
  let test: TestApp;
  let manager: TestUser;

  beforeAll(async () => {
    // The query timeouts of the test app are long, so the result does not depend on the speed of the machine.
    test = await buildTestApp();
    manager = await test.buildUser({ roles: ['manager'] });
  });
  afterAll(() => test.close());

  const place = async (items: readonly Line[]): Promise<string> => {
    const response = await fetch(`${test.url}/api/v1/orders`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${manager.accessToken}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': idempotencyKey(),
      },
      body: JSON.stringify({ items }),
    });
    const { code } = (await response.json()) as { code?: string };
    return `${response.status} ${code ?? 'placed'}`;
  };

  const stockOf = async (id: string): Promise<number> => {
    const response = await test.http.get(`/products/${id}`).expect(200);
    return response.body.data.stock as number;
  };

  const count = (outcomes: readonly string[]) =>
    Object.fromEntries(
      [...new Set(outcomes)].map((one) => [one, outcomes.filter((other) => other === one).length]),
    );

  const errors = () => test.logger.lines.filter(({ level }) => level === 'error');

  it('sells 100 pieces to 300 buyers exactly 100 times', async () => {
    const { id } = await buildProduct(test, manager, { stock: 100 });
    const outcomes = await Promise.all(
      Array.from({ length: 300 }, () => place([{ productId: id, quantity: 1 }])),
    );
    expect(count(outcomes)).toEqual({ '201 placed': 100, '409 ORDERS_OUT_OF_STOCK': 200 });
    expect(await stockOf(id)).toBe(0);
    const [sold] = await test.db.query(
      'SELECT sum(quantity)::int AS pieces FROM order_items WHERE product_id = $1',
      [id],
    );
    expect(sold).toEqual({ pieces: 100 });
    expect(errors()).toEqual([]);
  });

  it('charges the new price if it changes while the order is stored', async () => {
    const { id } = await buildProduct(test, manager, { stock: 1, priceMinor: 100 });
    const other = await openSecondConnection(test);
    await other.query('BEGIN');
    await other.query('UPDATE products SET price_minor = 150 WHERE id = $1', [id]);
    const placing = place([{ productId: id, quantity: 1 }]);
    await other.untilWaiting(1);
    await other.query('COMMIT');
    expect(await placing).toBe('201 placed');
    await other.close();
    const placed = await test.db.query(
      `SELECT unit_price_minor::int AS "unitPriceMinor", total_minor::int AS "totalMinor"
       FROM order_items JOIN orders ON orders.id = order_id WHERE product_id = $1`,
      [id],
    );
    expect(placed).toEqual([{ unitPriceMinor: 150, totalMinor: 150 }]);
    expect(await stockOf(id)).toBe(0);
  });

  it('has no deadlock if 16 writers order two products in either order', async () => {
    const one = await buildProduct(test, manager, { stock: 10_000 });
    const two = await buildProduct(test, manager, { stock: 10_000 });
    const forwards = [
      { productId: one.id, quantity: 1 },
      { productId: two.id, quantity: 2 },
    ];
    const write = async (writer: number): Promise<string[]> => {
      const outcomes: string[] = [];
      for (let round = 0; round < 10; round += 1) {
        outcomes.push(await place(writer % 2 === 0 ? forwards : forwards.toReversed()));
      }
      return outcomes;
    };
    const outcomes = await Promise.all(Array.from({ length: 16 }, (_writer, index) => write(index)));
    expect(count(outcomes.flat())).toEqual({ '201 placed': 160 });
    expect([await stockOf(one.id), await stockOf(two.id)]).toEqual([10_000 - 160, 10_000 - 320]);
    expect(errors()).toEqual([]);

    // End the connections of the service, because PostgreSQL reports the counters of a connection only after its end.
    const other = await openSecondConnection(test);
    await other.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'strata'`,
    );
    const counted = await other.query(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    await other.close();
    expect(counted).toEqual([{ deadlocks: 0 }]);
  });
});
