import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { NonRetryableError } from '../../../src/jobs/jobs.ts';
import { noFaults } from '../../../dev/sandbox/switches.ts';
import { openPaymentBench, twelveFifty, type PaymentBench } from './bench.ts';

describe('payment jobs', () => {
  let bench: PaymentBench;
  let reference: string;

  beforeAll(async () => {
    bench = await openPaymentBench();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.sandbox.setSwitches(noFaults);
    reference = randomUUID();
    // Make four calls succeed first, so that the few failures in a test do not open the circuit breaker.
    for (let count = 0; count < 4; count += 1) await bench.run('reconcile', { reference: 'nobody' });
  });

  /** Lets the next call reach the provider, but drops the response. */
  const losingTheResponse = async (work: () => Promise<unknown>) => {
    const { sandbox } = bench;
    const { length: before } = await sandbox.movements();
    await sandbox.setSwitches({ timeoutAfterSuccess: true });
    const lost = expect(work()).rejects.toThrow('did not respond');
    while ((await sandbox.movements()).length === before);
    sandbox.dropConnections();
    await lost;
    await sandbox.setSwitches({ timeoutAfterSuccess: false });
  };
  const age = (seconds = 90) =>
    bench.test.db.query(
      `UPDATE payments SET updated_at = now() - make_interval(secs => $2) WHERE reference = $1`,
      [reference, seconds],
    );

  it('are enqueued in the caller’s transaction, once per payment', async () => {
    const { payments, test } = bench;
    await test.db.transaction(async () => {
      await payments.authorize({ reference, ...twelveFifty });
      await payments.authorize({ reference, ...twelveFifty });
      await payments.capture(reference);
      await payments.cancel(reference);
    });
    await test.db
      .transaction(async () => {
        await payments.authorize({ reference: 'undone', ...twelveFifty });
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await bench.waiting('authorize')).toEqual([{ reference, ...twelveFifty }]);
    expect(await bench.waiting('capture')).toEqual([{ reference }]);
    expect(await bench.waiting('cancel')).toEqual([{ reference }]);
    expect(await payments.find(reference)).toBeNull();
  });

  describe('authorize', () => {
    it('authorizes the amount once and publishes the event', async () => {
      await bench.authorize(reference);
      await bench.authorize(reference);
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['hold 12.50']);
      expect(await bench.stored(reference)).toEqual(['requested', 'authorized']);
      expect(await bench.published(reference)).toEqual(['authorized']);
      expect(await bench.payments.find(reference)).toEqual({
        status: 'authorized',
        ...twelveFifty,
        refundedMinor: 0,
      });
    });

    it('publishes the reason of a decline and does not retry', async () => {
      await bench.sandbox.setSwitches({ decline: true });
      await bench.authorize(reference);
      await bench.sandbox.setSwitches({ decline: false });
      await bench.authorize(reference);
      expect(await bench.published(reference)).toEqual(['declined']);
      const [row] = await bench.test.db.query(`SELECT payload FROM outbox WHERE aggregate_id = $1`, [
        reference,
      ]);
      expect(row).toEqual({ payload: { reference, ...twelveFifty, reason: 'insufficient_funds' } });
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['reject 12.50']);
    });

    const chargeOf = (amount: string) =>
      bench.sandbox.call('POST', '/charges', {
        key: `forgotten ${reference}`,
        body: { ref: reference, amount, currency: 'EUR' },
      });

    it('applies the state at the provider if it refuses the request', async () => {
      await chargeOf('12.50');
      await bench.authorize(reference);
      expect(await bench.statusOf(reference)).toBe('authorized');
    });

    it('throws if the provider refuses the request and has another amount', async () => {
      await chargeOf('1.00');
      await expect(bench.authorize(reference)).rejects.toThrow('another amount');
      expect(await bench.statusOf(reference)).toBe('requested');
    });

    it('stays requested if the response is lost, and retries with the same key', async () => {
      await losingTheResponse(() => bench.authorize(reference));
      expect(await bench.statusOf(reference)).toBe('requested');
      expect(await bench.published(reference)).toEqual([]);
      await bench.authorize(reference);
      expect(await bench.published(reference)).toEqual(['authorized']);
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['hold 12.50']);
    });
  });

  describe('capture', () => {
    it('captures the amount once', async () => {
      await bench.authorize(reference);
      await bench.run('capture', { reference });
      await bench.run('capture', { reference });
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'settle 12.50']);
      expect(await bench.published(reference)).toEqual(['authorized', 'captured']);
      expect(await bench.statusOf(reference)).toBe('captured');
    });

    it('captures it once if the response is lost', async () => {
      await bench.authorize(reference);
      await losingTheResponse(() => bench.run('capture', { reference }));
      await bench.run('capture', { reference });
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'settle 12.50']);
      expect(await bench.published(reference)).toEqual(['authorized', 'captured']);
    });

    it('does nothing before the authorization', async () => {
      await bench.run('capture', { reference });
      expect(await bench.stored(reference)).toEqual([]);
    });

    it('applies a void at the provider', async () => {
      await bench.authorize(reference);
      await bench.sandbox.call('POST', `/charges/${reference}/release`, { key: randomUUID() });
      await bench.run('capture', { reference });
      expect(await bench.statusOf(reference)).toBe('voided');
      expect(await bench.published(reference)).toEqual(['authorized', 'cancelled']);
    });

    it('is not retried if the provider refuses to capture', async () => {
      await bench.authorize(reference);
      await bench.sandbox.call('POST', '/charges', {
        key: `${reference}:settle`,
        body: { ref: randomUUID(), amount: '1.00', currency: 'EUR' },
      });
      await expect(bench.run('capture', { reference })).rejects.toThrow(NonRetryableError);
    });
  });

  describe('cancel', () => {
    const cancel = () => bench.run('cancel', { reference });

    it('voids an authorized payment once', async () => {
      await bench.authorize(reference);
      await cancel();
      await cancel();
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'release 12.50']);
      expect(await bench.published(reference)).toEqual(['authorized', 'cancelled']);
      expect(await bench.payments.find(reference)).toMatchObject({ status: 'voided', refundedMinor: 0 });
    });

    it('refunds a captured payment once', async () => {
      await bench.authorize(reference);
      await bench.run('capture', { reference });
      await losingTheResponse(cancel);
      await cancel();
      expect(await bench.sandbox.ledgerOf(reference)).toEqual([
        'hold 12.50',
        'settle 12.50',
        'reverse 12.50',
      ]);
      expect(await bench.published(reference)).toEqual(['authorized', 'captured', 'cancelled']);
      expect(await bench.payments.find(reference)).toMatchObject({
        status: 'refunded',
        refundedMinor: 1_250,
      });
    });

    it('refunds a capture whose response was lost', async () => {
      await bench.authorize(reference);
      await losingTheResponse(() => bench.run('capture', { reference }));
      await cancel();
      expect(await bench.sandbox.ledgerOf(reference)).toEqual([
        'hold 12.50',
        'settle 12.50',
        'reverse 12.50',
      ]);
      expect(await bench.published(reference)).toEqual(['authorized', 'captured', 'cancelled']);
    });

    it('voids an authorization whose response was lost', async () => {
      await losingTheResponse(() => bench.authorize(reference));
      await cancel();
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'release 12.50']);
      expect(await bench.statusOf(reference)).toBe('voided');
    });

    it('prevents a later authorization', async () => {
      await cancel();
      expect(await bench.published(reference)).toEqual([]);
      await bench.authorize(reference);
      expect(await bench.sandbox.ledgerOf(reference)).toEqual([]);
      expect(await bench.published(reference)).toEqual(['cancelled']);
      expect(await bench.statusOf(reference)).toBe('voided');
    });

    it('publishes the cancellation of a declined payment', async () => {
      await bench.sandbox.setSwitches({ decline: true });
      await bench.authorize(reference);
      await cancel();
      expect(await bench.published(reference)).toEqual(['declined', 'cancelled']);
      expect(await bench.statusOf(reference)).toBe('declined');
    });

    it('is enqueued again by an authorization that completes later', async () => {
      await losingTheResponse(() => bench.authorize(reference));
      await bench.sandbox.setSwitches({ outage: 'unavailable' });
      await expect(cancel()).rejects.toThrow('is unavailable');
      await bench.sandbox.setSwitches({ outage: null });
      await bench.authorize(reference);
      expect(await bench.waiting('cancel')).toContainEqual({ reference });
      await cancel();
      expect(await bench.sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'release 12.50']);
    });

    it('ends voided or refunded with a concurrent capture', async () => {
      await bench.authorize(reference);
      await Promise.allSettled([cancel(), bench.run('capture', { reference })]);
      await cancel();
      const ledger = await bench.sandbox.ledgerOf(reference);
      expect(['release 12.50', 'reverse 12.50']).toContain(ledger.at(-1));
      expect((await bench.published(reference)).filter((type) => type === 'cancelled')).toHaveLength(1);
    });
  });

  describe('reconcile', () => {
    it('appends every missed step', async () => {
      await losingTheResponse(() => bench.authorize(reference));
      for (const step of ['settle', 'reverse'])
        await bench.sandbox.call('POST', `/charges/${reference}/${step}`, { key: randomUUID() });
      await bench.run('reconcile', { reference });
      await bench.run('reconcile', { reference });
      expect(await bench.stored(reference)).toEqual(['requested', 'authorized', 'captured', 'cancelled']);
      expect(await bench.published(reference)).toEqual(['authorized', 'captured', 'cancelled']);
    });

    it('appends nothing for a payment unknown to the provider or to this service', async () => {
      await bench.sandbox.setSwitches({ outage: 'unavailable' });
      await expect(bench.authorize(reference)).rejects.toThrow();
      await bench.sandbox.setSwitches({ outage: null });
      await bench.run('reconcile', { reference });
      expect(await bench.stored(reference)).toEqual(['requested']);
      const foreign = randomUUID();
      await bench.sandbox.call('POST', '/charges', {
        key: foreign,
        body: { ref: foreign, amount: '1.00', currency: 'EUR' },
      });
      await bench.run('reconcile', { reference: foreign });
      expect(await bench.stored(foreign)).toEqual([]);
    });

    it('throws for another amount', async () => {
      await bench.sandbox.setSwitches({ outage: 'unavailable' });
      await expect(bench.authorize(reference)).rejects.toThrow();
      await bench.sandbox.setSwitches({ outage: null });
      await bench.sandbox.call('POST', '/charges', {
        key: randomUUID(),
        body: { ref: reference, amount: '1.00', currency: 'EUR' },
      });
      await expect(bench.run('reconcile', { reference })).rejects.toThrow('another amount');
      expect(await bench.statusOf(reference)).toBe('requested');
    });

    it('is enqueued for payments that are open for more than a minute', async () => {
      await bench.authorize(reference);
      await bench.run('reconcile-all');
      expect(await bench.waiting('reconcile')).not.toContainEqual({ reference });
      await age();
      await bench.run('reconcile-all');
      await bench.run('reconcile-all');
      const waiting = await bench.waiting('reconcile');
      expect(waiting.filter((payload) => JSON.stringify(payload).includes(reference))).toHaveLength(1);
    });

    it('is not enqueued for completed payments', async () => {
      await bench.authorize(reference);
      await bench.run('capture', { reference });
      await age();
      await bench.run('reconcile-all');
      expect(await bench.waiting('reconcile')).not.toContainEqual({ reference });
    });

    it('enqueues a pending cancellation', async () => {
      await bench.authorize(reference);
      await bench.sandbox.setSwitches({ outage: 'unavailable' });
      await expect(bench.run('cancel', { reference })).rejects.toThrow();
      await bench.sandbox.setSwitches({ outage: null });
      await bench.run('reconcile', { reference });
      expect(await bench.waiting('cancel')).toContainEqual({ reference });
    });
  });

  it('keep the table consistent with the events', async () => {
    const rows = await bench.test.db.query<{ reference: string; status: string }>(
      'SELECT reference, status FROM payments',
    );
    expect(rows.length).toBeGreaterThan(10);
    const ends: Record<string, readonly string[]> = {
      requested: ['requested', 'cancel-requested'],
      authorized: ['authorized', 'cancel-requested'],
      captured: ['captured'],
      declined: ['declined', 'cancelled'],
      voided: ['cancelled'],
      refunded: ['cancelled'],
    };
    for (const { reference: one, status } of rows)
      expect(ends[status]).toContain((await bench.stored(one)).at(-1));
  });
});
