import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../helpers/app.ts';
import { until } from '../../helpers/until.ts';
import {
  respondWith,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  deliveriesOf,
  publishBellRang,
  type Receiver,
} from '../../helpers/webhooks.ts';

describe('an event with a webhook receiver and a worker', () => {
  let test: TestApp;
  let receiver: Receiver;

  beforeAll(async () => {
    test = await buildWebhookApp({ withWorker: true });
    receiver = await buildReceiver();
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('is published, enqueued, retried after a failure and delivered', async () => {
    const user = await test.buildUser();
    const endpoint = await buildEndpoint(test, user, { url: receiver.url });
    receiver.respond = respondWith(503);
    await publishBellRang(test, user.id, 'low');
    const delivery = async () => (await deliveriesOf(test, user, endpoint))[0];
    await until('the first attempt has failed', async () => (await delivery())?.attempts === 1);
    receiver.respond = respondWith(200);
    // Make the retry due now.
    await test.db.query(`UPDATE jobs SET available_at = now() WHERE name = 'webhooks.deliver'`);
    await until('it is delivered', async () => (await delivery())?.status === 'delivered');
    expect(receiver.received).toHaveLength(2);
    for (const { headers, body } of receiver.received) {
      const key = Buffer.from(endpoint.secret.replace('whsec_', ''), 'base64');
      const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
      const signature = createHmac('sha256', key).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
      expect(JSON.parse(body)).toMatchObject({ type: 'bell.rang', data: { tone: 'low' } });
    }
    const unfinished = `SELECT 1 FROM jobs WHERE name = 'webhooks.deliver' AND status <> 'done'`;
    await until('no job is left', async () => (await test.db.query(unfinished)).length === 0);
  });
});
