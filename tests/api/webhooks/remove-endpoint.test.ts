import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  deliverBellRang,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  runWaitingAttempts,
  type Receiver,
} from '../../helpers/webhooks.ts';

describe('DELETE /webhook-endpoints/:id', () => {
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

  it('204, and deletes its deliveries, pending ones too', async () => {
    const { id } = await buildEndpoint(test, user, { url: receiver.url });
    await deliverBellRang(test, user.id);
    await test.as(user).delete(`/webhook-endpoints/${id}`).expect(204);
    await runWaitingAttempts(test);
    expect(receiver.received).toEqual([]);
    expectError(await test.as(user).get(`/webhook-endpoints/${id}`), 404, 'WEBHOOKS_NOT_FOUND');
    expect(await test.db.query('SELECT 1 FROM webhook_deliveries WHERE endpoint_id = $1', [id])).toEqual([]);
  });

  it('records an audit event', async () => {
    const owner = await test.buildUser();
    const { id } = await buildEndpoint(test, owner);
    await test.as(owner).delete(`/webhook-endpoints/${id}`).expect(204);
    const [, removed] = await auditEventsOf(test, 'webhook_endpoints', owner.id);
    expect(removed).toMatchObject({ type: 'webhook_endpoints.removed', details: { endpointId: id } });
  });

  it('404 for another user’s endpoint, which stays', async () => {
    const { id } = await buildEndpoint(test, user);
    const stranger = await test.buildUser({ roles: ['admin'] });
    expectError(await test.as(stranger).delete(`/webhook-endpoints/${id}`), 404, 'WEBHOOKS_NOT_FOUND');
    await test.as(user).get(`/webhook-endpoints/${id}`).expect(200);
  });

  it('412 for an outdated version', async () => {
    const { id } = await buildEndpoint(test, user);
    await test.as(user).patch(`/webhook-endpoints/${id}`).send({ description: 'x' }).expect(200);
    const response = await test.as(user).delete(`/webhook-endpoints/${id}`).set('If-Match', '"v1"');
    expectError(response, 412, 'PRECONDITION_FAILED');
  });
});
