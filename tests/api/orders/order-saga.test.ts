import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { expectError } from '../../helpers/errors.ts';
import { until } from '../../helpers/until.ts';
import { openPayingBench, type PayingBench } from './paying.ts';

describe('the payment of an order', () => {
  let bench: PayingBench;

  beforeAll(async () => {
    bench = await openPayingBench();
  });
  afterEach(() =>
    bench.setSwitches({ decline: false, outage: null, timeoutAfterSuccess: false, latencyMs: 0 }),
  );
  afterAll(() => bench.close());

  const cancel = (id: string) => bench.test.as(bench.user).post(`/orders/${id}/cancel`);

  const eventsOf = async (id: string): Promise<string[]> => {
    const rows = await bench.test.db.query<{ type: string }>(
      `SELECT type FROM outbox WHERE aggregate_type = 'order' AND aggregate_id = $1 ORDER BY sequence`,
      [id],
    );
    return rows.map(({ type }) => type);
  };

  /** Ends the time that an order may wait for the payment provider, and enqueues the job that looks for such orders. */
  const giveUp = async (id: string) => {
    await bench.test.db.query(
      `UPDATE order_sagas SET deadline_at = now() - interval '1 s' WHERE order_id = $1`,
      [id],
    );
    await bench.test.db.query(
      `INSERT INTO jobs (id, name, payload, headers) VALUES (gen_random_uuid(), 'orders.expire', '{}', '{}')`,
    );
  };
  const makeJobsDue = () =>
    bench.test.db.query(`UPDATE jobs SET available_at = now() WHERE status = 'waiting'`);

  it('is authorized and captured, and the order is paid', async () => {
    const { id, productId } = await bench.order();
    expect(await bench.untilStep(id, 'paid')).toMatchObject({ status: 'paid' });
    expect(await bench.movements(id)).toEqual(['holding', 'settled']);
    expect(await eventsOf(id)).toEqual(['orders.placed', 'orders.paid']);
    expect(await bench.stockOf(productId)).toBe(4);
  });

  it('is skipped if the total is zero', async () => {
    const { id } = await bench.order({ priceMinor: 0 });
    expect(await bench.untilStep(id, 'paid')).toMatchObject({ status: 'paid' });
    expect(await bench.movements(id)).toEqual([]);
  });

  it('ends if an order with a total of zero is cancelled', async () => {
    const { id } = await bench.order({ priceMinor: 0 });
    await bench.untilStep(id, 'paid');
    await cancel(id).expect(200);
    expect(await bench.untilStep(id, 'cancelled')).toMatchObject({ status: 'cancelled' });
  });

  it('cancels an unpaid order and releases its stock if the provider voids it', async () => {
    await bench.setSwitches({ outage: 'unavailable' });
    const { id, productId } = await bench.order();
    await bench.untilStep(id, 'authorizing');
    await bench.test.db.query(
      `INSERT INTO outbox (event_id, aggregate_type, aggregate_id, sequence, type, schema_version, payload, headers)
       VALUES (gen_random_uuid(), 'payment', $1, 1, 'payments.cancelled', 1, $2, '{}')`,
      [id, { reference: id, amountMinor: 1_000, currency: 'EUR', refundedMinor: 0 }],
    );
    expect(await bench.untilStep(id, 'cancelled')).toMatchObject({ status: 'cancelled' });
    expect(await bench.stockOf(productId)).toBe(5);
  });

  it('cancels the order and releases its stock if it is declined', async () => {
    await bench.setSwitches({ decline: true });
    const { id, productId } = await bench.order();
    expect(await bench.untilStep(id, 'declined')).toMatchObject({ status: 'cancelled' });
    expect(await bench.stockOf(productId)).toBe(5);
    expect(await eventsOf(id)).toEqual(['orders.placed', 'orders.cancelled']);
    expectError(await cancel(id), 409, 'ORDERS_NOT_CANCELLABLE');
  });

  it('is refunded if a paid order is cancelled', async () => {
    const { id, productId } = await bench.order();
    await bench.untilStep(id, 'paid');
    await cancel(id).expect(200);
    expect(await bench.untilStep(id, 'cancelled')).toMatchObject({ status: 'cancelled' });
    expect(await bench.movements(id)).toEqual(['holding', 'settled', 'reversed']);
    expect(await bench.stockOf(productId)).toBe(5);
  });

  it('is captured once if the responses of the provider are lost', async () => {
    await bench.setSwitches({ timeoutAfterSuccess: true });
    const { id } = await bench.order();
    await until('the provider has authorized it', async () => (await bench.movements(id)).length === 1);
    await bench.setSwitches({ timeoutAfterSuccess: false });
    await until('it is retried', async () => {
      await makeJobsDue();
      const { body } = await bench.test.as(bench.user).get(`/orders/${id}`);
      return body.data.payment.step === 'paid';
    });
    expect(await bench.movements(id)).toEqual(['holding', 'settled']);
  });

  it('expires if the provider is unavailable for too long, and captures nothing afterwards', async () => {
    await bench.setSwitches({ outage: 'unavailable' });
    const { id, productId } = await bench.order();
    await bench.untilStep(id, 'authorizing');
    await giveUp(id);
    expect(await bench.untilStep(id, 'expired')).toMatchObject({ status: 'cancelled' });
    expect(await bench.stockOf(productId)).toBe(5);
    await bench.setSwitches({ outage: null });
    await until('nothing of the payment is left to do', async () => {
      await makeJobsDue();
      const rows = await bench.test.db.query(
        `SELECT 1 FROM jobs WHERE status IN ('waiting', 'running') AND payload->>'reference' = $1`,
        [id],
      );
      return rows.length === 0;
    });
    expect((await bench.movements(id)).filter((state) => state === 'settled')).toEqual([]);
    expect((await bench.movements(id)).at(-1)).not.toBe('holding');
  });

  it('is voided if the order is cancelled during the authorization', async () => {
    await bench.setSwitches({ latencyMs: 300 });
    const { id, productId } = await bench.order();
    await bench.untilStep(id, 'authorizing');
    await cancel(id).expect(200);
    expect(await bench.untilStep(id, 'cancelled')).toMatchObject({ status: 'cancelled' });
    expect((await bench.movements(id)).at(-1)).toMatch(/^(released|reversed)$/);
    expect(await bench.stockOf(productId)).toBe(5);
  });
});
