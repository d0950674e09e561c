import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Movement } from '../../../dev/sandbox/ledger.ts';
import { createSandbox } from '../../../dev/sandbox/sandbox.ts';
import type { Switches } from '../../../dev/sandbox/switches.ts';
import { buildTestApp, type TestApp, type TestUser } from '../../helpers/app.ts';
import { until } from '../../helpers/until.ts';

/** A service with its worker, and a payment provider that can simulate faults. */
export interface PayingBench {
  readonly test: TestApp;
  readonly user: TestUser;
  /** Changes which faults the provider simulates. */
  setSwitches(switches: Partial<Switches>): Promise<void>;
  /** Returns what the provider has done with the payment of an order, oldest first. */
  movements(orderId: string): Promise<string[]>;
  /** Creates a product with this stock and orders one piece. Returns the order. */
  order(settings?: { priceMinor?: number; stock?: number }): Promise<{ id: string; productId: string }>;
  /** Waits until the payment of an order is at this step. Returns the order. */
  untilStep(orderId: string, step: string): Promise<{ status: string; payment: { step: string } }>;
  stockOf(productId: string): Promise<number>;
  close(): Promise<void>;
}

export async function openPayingBench(): Promise<PayingBench> {
  const key = randomBytes(32).toString('base64url');
  const sandbox = createSandbox({ key });
  sandbox.server.listen(0, '127.0.0.1');
  await once(sandbox.server, 'listening');
  const url = `http://127.0.0.1:${(sandbox.server.address() as AddressInfo).port}`;
  const settings = {
    PAYMENT_PROVIDER_URL: url,
    PAYMENT_PROVIDER_KEY: key,
    PAYMENT_WEBHOOK_SECRET: randomBytes(32).toString('base64'),
  };
  const test = await buildTestApp({ settings, withWorker: true });
  const user = await test.buildUser();
  const staff = await test.buildUser({ roles: ['manager'] });
  const callProvider = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    return (await fetch(`${url}${path}`, { ...init, headers })).json();
  };
  let serial = 0;

  const bench: PayingBench = {
    test,
    user,
    setSwitches: async (switches) => {
      await callProvider('/switches', { method: 'POST', body: JSON.stringify(switches) });
    },
    movements: async (orderId) => {
      const { movements } = (await callProvider('/ledger')) as { movements: Movement[] };
      return movements.filter(({ charge }) => charge.ref === orderId).map(({ charge }) => charge.state);
    },
    order: async ({ priceMinor = 1_000, stock = 5 } = {}) => {
      serial += 1;
      const product = { sku: `PAY-${serial}`, name: 'Thing', priceMinor, currency: 'EUR', stock };
      const created = await test.as(staff).post('/products').send(product).expect(201);
      const productId: string = created.body.data.id;
      const placed = await test
        .as(user)
        .post('/orders')
        .set('Idempotency-Key', randomBytes(16).toString('hex'))
        .send({ items: [{ productId, quantity: 1 }] })
        .expect(201);
      return { id: placed.body.data.id, productId };
    },
    untilStep: async (orderId, step) => {
      let found: { status: string; payment?: { step: string } } | undefined;
      await until(`the payment is ${step}`, async () => {
        found = (await test.as(user).get(`/orders/${orderId}`).expect(200)).body.data;
        return found?.payment?.step === step;
      });
      if (found?.payment === undefined) throw new Error('The order has no payment.');
      return { status: found.status, payment: found.payment };
    },
    stockOf: async (productId) =>
      (await test.http.get(`/products/${productId}`).expect(200)).body.data.stock as number,
    close: async () => {
      await test.close();
      sandbox.close();
      sandbox.server.close();
      sandbox.server.closeAllConnections();
    },
  };
  return bench;
}
