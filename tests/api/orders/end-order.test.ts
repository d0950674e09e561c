import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { runCommand } from '../../../src/cli.ts';
import { testEnvironment } from '../../helpers/config.ts';
import { until } from '../../helpers/until.ts';
import { openPayingBench, type PayingBench } from './paying.ts';

// All these tests reach `commands/move-order.ts`, which ends an order and releases its stock.
describe('an order is cancelled and its stock released', () => {
  let bench: PayingBench;

  beforeAll(async () => {
    bench = await openPayingBench();
  });
  afterEach(() => bench.setSwitches({ decline: false, outage: null }));
  afterAll(() => bench.close());

  /** Places an order. Its payment has to wait, because the provider is unavailable. */
  const waitingOrder = async () => {
    await bench.setSwitches({ outage: 'unavailable' });
    const order = await bench.order();
    await bench.untilStep(order.id, 'authorizing');
    return order;
  };

  const command = (...args: string[]) =>
    runCommand('order:cancel', args, { ...testEnvironment, DATABASE_URL: bench.test.databaseUrl });

  const statusOf = async (id: string): Promise<string> =>
    (await bench.test.as(bench.user).get(`/orders/${id}`).expect(200)).body.data.status as string;

  /** Returns the status of the order, the stock and the events. */
  const outcomeOf = async ({ id, productId }: { id: string; productId: string }) => ({
    status: await statusOf(id),
    stock: await bench.stockOf(productId),
    events: await bench.test.db.query(
      `SELECT type, payload->>'reason' AS reason FROM outbox
       WHERE aggregate_type = 'order' AND aggregate_id = $1 ORDER BY sequence`,
      [id],
    ),
  });

  const cancelledWith = (reason: string) => ({
    status: 'cancelled',
    stock: 5,
    events: [
      { type: 'orders.placed', reason: null },
      { type: 'orders.cancelled', reason },
    ],
  });

  it('by a request', async () => {
    const order = await waitingOrder();
    await bench.test.as(bench.user).post(`/orders/${order.id}/cancel`).expect(200);
    expect(await outcomeOf(order)).toEqual(cancelledWith('asked'));
  });

  it('by an event if the payment is declined', async () => {
    await bench.setSwitches({ decline: true });
    const order = await bench.order();
    await until('the order is cancelled', async () => (await statusOf(order.id)) === 'cancelled');
    expect(await outcomeOf(order)).toEqual(cancelledWith('declined'));
  });

  it('by a job if the payment is overdue', async () => {
    const order = await waitingOrder();
    await bench.test.db.query(
      `UPDATE order_sagas SET deadline_at = now() - interval '1 s' WHERE order_id = $1`,
      [order.id],
    );
    await bench.test.db.query(
      `INSERT INTO jobs (id, name, payload, headers) VALUES (gen_random_uuid(), 'orders.expire', '{}', '{}')`,
    );
    await until('the order is cancelled', async () => (await statusOf(order.id)) === 'cancelled');
    expect(await outcomeOf(order)).toEqual(cancelledWith('expired'));
  });

  it('by the command line', async () => {
    const order = await waitingOrder();
    expect(await command('--id', order.id)).toContain(`Cancelled ${order.id}.`);
    expect(await outcomeOf(order)).toEqual(cancelledWith('asked'));
  });

  it('but not by a command without an order id, or for a cancelled order', async () => {
    const order = await waitingOrder();
    await command('--id', order.id);
    await expect(command('--id', order.id)).rejects.toMatchObject({ code: 'ORDERS_NOT_CANCELLABLE' });
    await expect(command('--id', 'nonsense')).rejects.toThrow(/Set --id to the id of an order/);
    await expect(command()).rejects.toThrow(/Set --id to the id of an order/);
  });
});
