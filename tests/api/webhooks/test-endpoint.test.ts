import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  deliveriesOf,
  runWaitingAttempts,
  type Receiver,
} from '../../helpers/webhooks.ts';

describe('POST /webhook-endpoints/:id/test', () => {
  let test: TestApp;
  let receiver: Receiver;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildWebhookApp();
    receiver = await buildReceiver();
    user = await test.buildUser();
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('202 with a delivery to this endpoint only', async () => {
    await buildEndpoint(test, user, { url: `${receiver.url}/other` });
    const endpoint = await buildEndpoint(test, user, { url: receiver.url });
    const { body } = await test.as(user).post(`/webhook-endpoints/${endpoint.id}/test`).expect(202);
    expect(body.data).toMatchObject({
      id: expect.any(String),
      eventId: expect.any(String),
      type: 'webhooks.test',
      status: 'pending',
      attempts: 0,
      responseStatus: null,
      lastError: null,
      lastAttemptAt: null,
      nextAttemptAt: test.clock.now().toISOString(),
      createdAt: test.clock.now().toISOString(),
    });
    await runWaitingAttempts(test);
    expect(receiver.received).toMatchObject([
      { path: '/hooks', headers: { 'webhook-id': body.data.eventId } },
    ]);
    expect(JSON.parse(receiver.received[0]!.body)).toEqual({
      type: 'webhooks.test',
      timestamp: test.clock.now().toISOString(),
      data: { endpointId: endpoint.id },
    });
    expect(await deliveriesOf(test, user, endpoint)).toMatchObject([{ status: 'delivered' }]);
  });

  it('404 for another user’s endpoint, to which nothing is sent', async () => {
    const owner = await test.buildUser();
    const endpoint = await buildEndpoint(test, owner);
    const response = await test.as(user).post(`/webhook-endpoints/${endpoint.id}/test`);
    expectError(response, 404, 'WEBHOOKS_NOT_FOUND');
    expect(await deliveriesOf(test, owner, endpoint)).toEqual([]);
  });

  it('409 for a disabled endpoint', async () => {
    const { id } = await buildEndpoint(test, user);
    await test.as(user).patch(`/webhook-endpoints/${id}`).send({ isEnabled: false }).expect(200);
    expectError(await test.as(user).post(`/webhook-endpoints/${id}/test`), 409, 'WEBHOOKS_DISABLED');
  });
});
