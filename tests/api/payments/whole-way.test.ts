import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidIds } from '../../../src/adapters/uuid-ids.ts';
import type { Payments } from '../../../src/api/payments/index.ts';
import { createBackground, type Background } from '../../../src/process/background.ts';
import { buildTestApp, type TestApp } from '../../helpers/app.ts';
import { testConfig } from '../../helpers/config.ts';
import { startSandbox, webhookSecret, type TestSandbox } from '../../helpers/sandbox.ts';
import { freePort } from '../../e2e/port.ts';
import { settingsFor, twelveFifty } from './bench.ts';

describe('payments, carried out by the worker', () => {
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
    background = createBackground({ db: test.db, ids: uuidIds, logger: test.logger, config }, test.app);
    await background.start();
    payments = test.app.modules.instances.get('payments')?.api as Payments;
    reference = randomUUID();
  });
  afterEach(async () => {
    await background.stop();
    await test.close();
    await sandbox.close();
  });

  const until = async (status: string) => {
    while ((await payments.find(reference))?.status !== status) await sleep(10);
  };
  const ask = (work: () => Promise<void>) => test.db.transaction(work);

  it('go from being asked for to being given back', async () => {
    await ask(() => payments.authorize({ reference, ...twelveFifty }));
    await until('authorized');
    await ask(() => payments.capture(reference));
    await until('captured');
    await ask(() => payments.cancel(reference));
    await until('refunded');
    expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'settle 12.50', 'reverse 12.50']);
  });

  it('learn by a notice what the provider has done by itself, however often it says so', async () => {
    await ask(() => payments.authorize({ reference, ...twelveFifty }));
    await until('authorized');
    await sandbox.setSwitches({ webhookCopies: 3 });
    await sandbox.call('POST', `/charges/${reference}/release`, { key: randomUUID() });
    await until('voided');
    const told = await test.db.query(`SELECT 1 FROM outbox WHERE type = 'payments.cancelled'`);
    expect(told).toHaveLength(1);
  });
});
