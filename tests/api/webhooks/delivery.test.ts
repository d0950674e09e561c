import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp, TestUser } from '../../helpers/app.ts';
import { auditEventsOf } from '../../helpers/audit.ts';
import { waitForSentMails } from '../../helpers/mails.ts';
import {
  deliverBellRang,
  respondWith,
  buildEndpoint,
  buildReceiver,
  buildWebhookApp,
  deliveriesOf,
  runAttempt,
  runWaitingAttempts,
  waitingAttempts,
  type Receiver,
  type TestDelivery,
  type TestEndpoint,
} from '../../helpers/webhooks.ts';

describe('a delivery', () => {
  let test: TestApp;
  let receiver: Receiver;
  let user: TestUser;
  let endpoint: TestEndpoint;

  beforeAll(async () => {
    test = await buildWebhookApp();
    receiver = await buildReceiver();
  });
  beforeEach(async () => {
    user = await test.buildUser({ name: 'Ada' });
    endpoint = await buildEndpoint(test, user, { url: receiver.url });
    receiver.respond = respondWith(204);
    // Finish the deliveries of earlier tests, so that they do not arrive in this one.
    await runWaitingAttempts(test);
    receiver.received.length = 0;
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  const delivery = async (): Promise<TestDelivery> => (await deliveriesOf(test, user, endpoint))[0]!;
  const read = async () =>
    (await test.as(user).get(`/webhook-endpoints/${endpoint.id}`).expect(200)).body.data;

  it('sends the payload defined by the module, and nothing else', async () => {
    const eventId = await deliverBellRang(test, user.id, 'low');
    await runWaitingAttempts(test);
    const [received] = receiver.received;
    expect(receiver.received).toHaveLength(1);
    expect(received).toMatchObject({
      path: '/hooks',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'strata-webhooks',
        'webhook-id': eventId,
        'webhook-timestamp': String(Math.floor(test.clock.now().getTime() / 1_000)),
      },
    });
    expect(JSON.parse(received!.body)).toEqual({
      type: 'bell.rang',
      timestamp: '2026-01-31T09:30:00.000Z',
      data: { bellId: '0195f2d0-0000-7000-8000-00000000be11', tone: 'low' },
    });
    expect(await delivery()).toMatchObject({
      id: expect.any(String),
      eventId,
      type: 'bell.rang',
      status: 'delivered',
      attempts: 1,
      responseStatus: 204,
      lastError: null,
      lastAttemptAt: expect.any(String),
      nextAttemptAt: null,
      createdAt: expect.any(String),
    });
  });

  it('is created for each subscribed endpoint of the owner, and for no other user', async () => {
    const second = await buildEndpoint(test, user, { url: `${receiver.url}/second` });
    const stranger = await test.buildUser();
    const foreign = await buildEndpoint(test, stranger, { url: `${receiver.url}/foreign` });
    const eventId = await deliverBellRang(test, user.id);
    await deliverBellRang(test, null);
    await runWaitingAttempts(test);
    expect(receiver.received.map(({ path }) => path).sort()).toEqual(['/hooks', '/hooks/second']);
    expect(await deliveriesOf(test, user, second)).toMatchObject([{ eventId }]);
    expect(await deliveriesOf(test, stranger, foreign)).toEqual([]);
  });

  it('is created in the transaction of its event', async () => {
    const before = await waitingAttempts(test);
    const failing = test.db.transaction(async () => {
      await deliverBellRang(test, user.id);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await deliveriesOf(test, user, endpoint)).toEqual([]);
    expect(await waitingAttempts(test)).toEqual(before);
  });

  it('is stored encrypted', async () => {
    await deliverBellRang(test, user.id, 'secret tone');
    const { id } = await delivery();
    const [row] = await test.db.query<object>('SELECT * FROM webhook_deliveries WHERE id = $1', [id]);
    expect(row).toMatchObject({ body: expect.stringMatching(/^e1\./) });
    expect(JSON.stringify(row)).not.toContain('secret tone');
  });

  it('is dead after twelve attempts with growing delays and the same id and body', async () => {
    receiver.respond = respondWith(503, 'come back later');
    const eventId = await deliverBellRang(test, user.id);
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      const [job] = await waitingAttempts(test);
      expect(job?.payload.attempt).toBe(attempt);
      delays.push(job!.delaySeconds);
      test.clock.advance(1_000);
      await runWaitingAttempts(test);
      const status = attempt === 12 ? 'dead' : 'pending';
      expect(await delivery()).toMatchObject({ attempts: attempt, status, responseStatus: 503 });
    }
    expect(delays).toEqual([0, 5, 60, 300, 900, 3_600, 7_200, 14_400, 28_800, 43_200, 57_600, 86_400]);
    expect(await waitingAttempts(test)).toEqual([]);
    const { lastError, nextAttemptAt } = await delivery();
    expect([lastError, nextAttemptAt]).toEqual(['The response status was 503. come back later', null]);
    const { received } = receiver;
    expect(received).toHaveLength(12);
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([eventId]));
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    // The signatures differ, because receivers refuse a repeated signature as a replay.
    expect(new Set(received.map(({ headers }) => headers['webhook-signature'])).size).toBe(12);
  });

  it('shows the time of the next attempt', async () => {
    receiver.respond = respondWith(500);
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    const { lastAttemptAt, nextAttemptAt } = await delivery();
    expect(Date.parse(nextAttemptAt!) - Date.parse(lastAttemptAt!)).toBe(5_000);
  });

  it('succeeds at a later attempt, which resets the failure state of the endpoint', async () => {
    receiver.respond = respondWith(500);
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    expect((await read()).failingSince).not.toBeNull();
    receiver.respond = respondWith(200);
    await runWaitingAttempts(test);
    expect(await delivery()).toMatchObject({ status: 'delivered', attempts: 2, lastError: null });
    expect((await read()).failingSince).toBeNull();
  });

  it('counts an attempt once, however often its job runs', async () => {
    receiver.respond = respondWith(500);
    await deliverBellRang(test, user.id);
    const [job] = await waitingAttempts(test);
    await Promise.all([runAttempt(test, job!), runAttempt(test, job!)]);
    await runAttempt(test, job!);
    expect(await delivery()).toMatchObject({ status: 'pending', attempts: 1 });
    const next = (await waitingAttempts(test)).filter(({ payload }) => payload.attempt === 2);
    expect(next).toHaveLength(1);
  });

  it('treats a redirect as a failure', async () => {
    receiver.respond = respondWith(302, '', { Location: `http://127.0.0.1:${receiver.port}/elsewhere` });
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks']);
    expect(await delivery()).toMatchObject({
      status: 'pending',
      responseStatus: 302,
      lastError: 'The response status was 302.',
    });
  });

  it('stores at most 1,000 bytes of a response', async () => {
    receiver.respond = respondWith(500, `\0${'ü'.repeat(200_000)}`);
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    const { lastError } = await delivery();
    expect(lastError).toMatch(/^The response status was 500\. \uFFFDü{499}/);
    expect(lastError!.length).toBeLessThan(600);
    receiver.respond = respondWith(200, 'x'.repeat(1_000_000));
    await runWaitingAttempts(test);
    expect(await delivery()).toMatchObject({ status: 'delivered', lastError: null });
  });

  it('fails if the connection is closed without a response', async () => {
    receiver.respond = (response) => response.destroy();
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    expect(await delivery()).toMatchObject({
      status: 'pending',
      responseStatus: null,
      lastError: 'socket hang up',
    });
  });

  it('disables an endpoint that responds with 410, and notifies its owner', async () => {
    await deliverBellRang(test, user.id, 'first');
    await deliverBellRang(test, user.id, 'second');
    receiver.respond = respondWith(410);
    await runWaitingAttempts(test);
    expect(receiver.received).toHaveLength(1);
    expect(await read()).toMatchObject({ isEnabled: false, disabledReason: 'gone', version: 2 });
    expect(await deliveriesOf(test, user, endpoint)).toMatchObject([
      { status: 'dead', attempts: 1, lastError: 'The endpoint was disabled.' },
      { status: 'dead', attempts: 1, responseStatus: 410 },
    ]);
    const [, disabled, ...more] = await auditEventsOf(test, 'webhook_endpoints', user.id);
    expect(more).toEqual([]);
    expect(disabled).toMatchObject({
      type: 'webhook_endpoints.disabled',
      actorId: null,
      details: { endpointId: endpoint.id, reason: 'gone' },
    });
    const mails = (await waitForSentMails(test)).filter(({ to }) => to === user.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['A webhook endpoint was disabled']);
    expect(mails[0]?.text).toContain('410');
    // The mail must not contain text that the account has chosen, because the account's address is not verified.
    expect(JSON.stringify(mails)).not.toMatch(/Ada|hooks/);
  });

  it('disables an endpoint that has failed for five days, and notifies its owner in their language', async () => {
    await test.db.query(`UPDATE users SET language = 'de', email_verified = true WHERE id = $1`, [user.id]);
    receiver.respond = respondWith(500);
    await deliverBellRang(test, user.id);
    await runWaitingAttempts(test);
    const failFor = (interval: string) =>
      test.db.query(`UPDATE webhook_endpoints SET failing_since = now() - $2::interval WHERE id = $1`, [
        endpoint.id,
        interval,
      ]);
    await failFor('4 days 23 hours');
    await runWaitingAttempts(test);
    expect(await read()).toMatchObject({ isEnabled: true });
    await failFor('5 days');
    await runWaitingAttempts(test);
    expect(await read()).toMatchObject({ isEnabled: false, disabledReason: 'failing' });
    const mails = (await waitForSentMails(test)).filter(({ to }) => to === user.email);
    // #region de
    expect(mails).toMatchObject([
      { subject: 'Ein Webhook-Endpunkt wurde ausgeschaltet', text: expect.stringContaining('Hallo Ada') },
    ]);
    expect(mails[0]?.text).toMatch(/Der Endpunkt: /);
    // #endregion
    expect(mails[0]?.text).toMatch(/: [\d. ]+:\d+\/hooks/);
    expect(JSON.stringify(mails)).not.toContain(receiver.url);
    await runWaitingAttempts(test);
    expect(await delivery()).toMatchObject({ status: 'dead', lastError: 'The endpoint was disabled.' });
  });

  it('is not created for a disabled user', async () => {
    const root = await test.buildUser({ roles: ['admin'] });
    await test.as(root).patch(`/users/${user.id}`).send({ status: 'disabled' }).expect(200);
    await deliverBellRang(test, user.id);
    expect(
      await test.db.query('SELECT 1 FROM webhook_deliveries WHERE endpoint_id = $1', [endpoint.id]),
    ).toEqual([]);
  });

  it('is purged after 30 days', async () => {
    await deliverBellRang(test, user.id, 'old');
    await deliverBellRang(test, user.id, 'new');
    const [kept, old] = await deliveriesOf(test, user, endpoint);
    await test.db.query(
      `UPDATE webhook_deliveries SET created_at = now() - interval '31 days' WHERE id = $1`,
      [old!.id],
    );
    expect(await test.app.modules.instances.get('webhooks')?.purge?.(100)).toBe(1);
    expect(await deliveriesOf(test, user, endpoint)).toMatchObject([{ id: kept!.id }]);
  });
});
