import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  deliverBellRang,
  respondWith,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  deliveriesOf,
  runWaitingAttempts,
  waitingAttempts,
  type Receiver,
  type TestDelivery,
  type TestEndpoint,
} from '../../helpers/webhooks.ts';

describe('POST /webhook-endpoints/:id/deliveries/:deliveryId/retry', () => {
  let test: TestApp;
  let receiver: Receiver;
  let user: TestUser;
  let endpoint: TestEndpoint;

  beforeAll(async () => {
    test = await buildWebhookApp();
    receiver = await buildReceiver();
  });
  beforeEach(async () => {
    user = await test.buildUser();
    endpoint = await buildEndpoint(test, user, { url: receiver.url });
    receiver.respond = respondWith(204);
    receiver.received.length = 0;
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  const pathOf = ({ id }: Pick<TestDelivery, 'id'>) =>
    `/webhook-endpoints/${endpoint.id}/deliveries/${id}/retry`;
  const delivery = async (): Promise<TestDelivery> => (await deliveriesOf(test, user, endpoint))[0]!;

  it('202 for a dead delivery, which is sent once more with the same webhook-id', async () => {
    const eventId = await deliverBellRang(test, user.id);
    const { id } = await delivery();
    await test.db.query(
      `UPDATE webhook_deliveries SET status = 'dead', attempts = 12, next_attempt_at = NULL WHERE id = $1`,
      [id],
    );
    receiver.respond = respondWith(500);
    const { body } = await test.as(user).post(pathOf({ id })).expect(202);
    expect(body.data).toMatchObject({
      id,
      status: 'pending',
      attempts: 12,
      nextAttemptAt: expect.any(String),
    });
    await runWaitingAttempts(test);
    expect(await delivery()).toMatchObject({ status: 'dead', attempts: 13, nextAttemptAt: null });
    receiver.respond = respondWith(200);
    await test.as(user).post(pathOf({ id })).expect(202);
    await runWaitingAttempts(test);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 14 });
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId]);
  });

  it('202 for a pending delivery, which is sent now, and not again at its scheduled time', async () => {
    await deliverBellRang(test, user.id);
    receiver.respond = respondWith(500);
    await runWaitingAttempts(test);
    receiver.respond = respondWith(204);
    await test
      .as(user)
      .post(pathOf(await delivery()))
      .expect(202);
    const attempts = (await waitingAttempts(test)).map(({ payload, delaySeconds }) => [
      payload.attempt,
      delaySeconds,
    ]);
    expect(attempts).toEqual([
      [2, 5],
      [2, 0],
    ]);
    await runWaitingAttempts(test);
    expect(receiver.received).toHaveLength(2);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2 });
  });

  it('202 for a delivered one, which is sent again', async () => {
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    await test
      .as(user)
      .post(pathOf(await delivery()))
      .expect(202);
    await runWaitingAttempts(test);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]!.body).toBe(receiver.received[1]!.body);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2 });
  });

  it('404 for a delivery to another endpoint, and for another user’s endpoint', async () => {
    await deliverBellRang(test, user.id);
    const { id } = await delivery();
    const other = await buildEndpoint(test, user);
    const misplaced = `/webhook-endpoints/${other.id}/deliveries/${id}/retry`;
    expectError(await test.as(user).post(misplaced), 404, 'WEBHOOKS_DELIVERY_NOT_FOUND');
    const stranger = await test.buildUser({ roles: ['admin'] });
    expectError(await test.as(stranger).post(pathOf({ id })), 404, 'WEBHOOKS_NOT_FOUND');
    const ofStranger = await buildEndpoint(test, stranger);
    const taken = `/webhook-endpoints/${ofStranger.id}/deliveries/${id}/retry`;
    expectError(await test.as(stranger).post(taken), 404, 'WEBHOOKS_DELIVERY_NOT_FOUND');
  });

  it('409 for a disabled endpoint', async () => {
    await deliverBellRang(test, user.id);
    const { id } = await delivery();
    await test.as(user).patch(`/webhook-endpoints/${endpoint.id}`).send({ isEnabled: false }).expect(200);
    expectError(await test.as(user).post(pathOf({ id })), 409, 'WEBHOOKS_DISABLED');
  });
});
