import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { uuidIds } from '../../../src/adapters/uuid-ids.ts';
import type { Payments } from '../../../src/api/payments/index.ts';
import { createBackground, type Background } from '../../../src/process/background.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { testConfig } from '../../helpers/config.ts';
import { startSandbox, webhookSecret, type TestSandbox } from '../../helpers/sandbox.ts';
import { until } from '../../helpers/until.ts';
import { freePort } from '../../e2e/port.ts';
import { settingsFor, twelveFifty } from './bench.ts';

describe('payments with a worker', () => {
  let test: TestApp;
  let sandbox: TestSandbox;
  let background: Background;
  let payments: Payments;
  let reference: string;

  beforeEach(async () => {
    const port = await freePort();
    const settings = settingsFor(`http://127.0.0.1:${port}`);
    test = await buildTestApp({ settings });
    const webhook = { url: `${test.url}/api/v1/payments/webhooks`, secret: webhookSecret };
    sandbox = await startSandbox({ webhook }, port);
    const config = testConfig({ DATABASE_URL: test.databaseUrl, ...settings });
    background = createBackground({ ...test, ids: uuidIds, config }, test.app);
    await background.start();
    payments = test.app.modules.instances.get('payments')?.api as Payments;
    reference = randomUUID();
  });
  afterEach(async () => {
    await background.stop();
    await test.close();
    await sandbox.close();
  });

  const untilStatus = (status: string) =>
    until(`the payment is ${status}`, async () => (await payments.find(reference))?.status === status);
  const inTransaction = (work: () => Promise<void>) => test.db.transaction(work);

  it('are authorized, captured and refunded', async () => {
    await inTransaction(() => payments.authorize({ reference, ...twelveFifty }));
    await untilStatus('authorized');
    await inTransaction(() => payments.capture(reference));
    await untilStatus('captured');
    await inTransaction(() => payments.cancel(reference));
    await untilStatus('refunded');
    expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'settle 12.50', 'reverse 12.50']);
  });

  it('apply a change at the provider after a notification, once', async () => {
    await inTransaction(() => payments.authorize({ reference, ...twelveFifty }));
    await untilStatus('authorized');
    await sandbox.setSwitches({ webhookCopies: 3 });
    await sandbox.call('POST', `/charges/${reference}/release`, { key: randomUUID() });
    await untilStatus('voided');
    const events = await test.db.query(`SELECT 1 FROM outbox WHERE type = 'payments.cancelled'`);
    expect(events).toHaveLength(1);
  });
});
