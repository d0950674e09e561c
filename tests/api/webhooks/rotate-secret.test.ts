import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
// #region api-keys
import { buildApiKey, withKey } from '../../helpers/api-keys.ts';
// #endregion
import { auditEventsOf } from '../../helpers/audit.ts';
import { expectError } from '../../helpers/errors.ts';
import {
  deliverBellRang,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  runWaitingAttempts,
  type ReceivedRequest,
  type Receiver,
  type TestEndpoint,
} from '../../helpers/webhooks.ts';

/** Computes the signature of a request as its receiver does. */
const signatureOf = (secret: string, { headers, body }: ReceivedRequest): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(`${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.`)
    .update(body)
    .digest('base64')}`;

describe('POST /webhook-endpoints/:id/rotate-secret', () => {
  let test: TestApp;
  let receiver: Receiver;
  let user: TestUser;

  beforeAll(async () => {
    test = await buildWebhookApp();
    receiver = await buildReceiver();
  });
  beforeEach(async () => {
    user = await test.buildUser();
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  const rotate = async (endpoint: TestEndpoint): Promise<TestEndpoint & { rotatedUntil: string }> => {
    const response = await test.as(user).post(`/webhook-endpoints/${endpoint.id}/rotate-secret`).expect(200);
    return response.body.data;
  };
  const nextReceived = async (): Promise<ReceivedRequest> => {
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    return receiver.received.at(-1)!;
  };

  it('200 with a new secret; the previous one also signs for 24 hours', async () => {
    const old = await buildEndpoint(test, user, { url: receiver.url });
    const alone = await nextReceived();
    expect(alone.headers['webhook-signature']).toBe(signatureOf(old.secret, alone));
    const rotated = await rotate(old);
    expect(rotated).toEqual({
      ...old,
      secret: expect.stringMatching(/^whsec_/),
      rotatedUntil: expect.any(String),
      version: 2,
    });
    expect(rotated.secret).not.toBe(old.secret);
    const overlapMs = new Date(rotated.rotatedUntil).getTime() - Date.now();
    expect(Math.abs(overlapMs - 86_400_000)).toBeLessThan(60_000);
    const both = await nextReceived();
    expect(both.headers['webhook-signature']).toBe(
      `${signatureOf(rotated.secret, both)} ${signatureOf(old.secret, both)}`,
    );
    await test.db.query('UPDATE webhook_endpoints SET previous_expires_at = now() WHERE id = $1', [old.id]);
    const after = await nextReceived();
    expect(after.headers['webhook-signature']).toBe(signatureOf(rotated.secret, after));
  });

  it('200 again, and the secret before the previous one stops signing', async () => {
    const first = await buildEndpoint(test, user, { url: receiver.url });
    const second = await rotate(first);
    const third = await rotate(first);
    const received = await nextReceived();
    expect(received.headers['webhook-signature']).toBe(
      `${signatureOf(third.secret, received)} ${signatureOf(second.secret, received)}`,
    );
  });

  it('records an audit event', async () => {
    const endpoint = await buildEndpoint(test, user);
    await rotate(endpoint);
    const [, rotated] = await auditEventsOf(test, 'webhook_endpoints', user.id);
    expect(rotated).toMatchObject({
      type: 'webhook_endpoints.rotated',
      details: { endpointId: endpoint.id },
    });
  });

  it('403 without a recent sign-in, and for an API key', async () => {
    const { id } = await buildEndpoint(test, user);
    const path = `/webhook-endpoints/${id}/rotate-secret`;
    // #region api-keys
    const key = await buildApiKey(test, user, { scopes: ['webhooks:manage'] });
    expectError(await withKey(test, key).post(path), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
    // #endregion
    await test.db.query(`UPDATE sessions SET auth_time = now() - interval '11 minutes' WHERE user_id = $1`, [
      user.id,
    ]);
    expectError(await test.as(user).post(path), 403, 'AUTH_RECENT_SIGN_IN_REQUIRED');
  });

  it('404 for another user’s endpoint, whose secret stays', async () => {
    const endpoint = await buildEndpoint(test, user, { url: receiver.url });
    const stranger = await test.buildUser({ roles: ['admin'] });
    const response = await test.as(stranger).post(`/webhook-endpoints/${endpoint.id}/rotate-secret`);
    expectError(response, 404, 'WEBHOOKS_NOT_FOUND');
    const received = await nextReceived();
    expect(received.headers['webhook-signature']).toBe(signatureOf(endpoint.secret, received));
  });
});
