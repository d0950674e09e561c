import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac, randomUUID } from 'node:crypto';
import { expectError } from '../../helpers/errors.ts';
import { webhookSecret } from '../../helpers/sandbox.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { openPaymentBench, type PaymentBench } from './bench.ts';

interface Notification {
  readonly id: string;
  readonly timestamp: string;
  readonly body: string;
  readonly secret: string;
}

describe('POST /api/v1/payments/webhooks', () => {
  let bench: PaymentBench;
  let reference: string;

  beforeAll(async () => {
    bench = await openPaymentBench();
  });
  afterAll(() => bench.close());
  beforeEach(() => {
    reference = randomUUID();
  });

  const nowSeconds = () => Math.floor(bench.test.clock.now().getTime() / 1_000);
  const notification = (changes: Partial<Notification> = {}): Notification => ({
    id: `evt_${randomUUID()}`,
    timestamp: String(nowSeconds()),
    body: JSON.stringify({ notice: 'charge.changed', ref: reference, state: 'settled' }),
    secret: webhookSecret,
    ...changes,
  });
  const sign = ({ id, timestamp, body, secret }: Notification): string => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  };
  const send = (
    sent: Notification,
    headers: Record<string, string> = {},
    body = sent.body,
    requests = bench.test.http,
  ) =>
    requests
      .post('/payments/webhooks')
      .set({
        'Content-Type': 'application/json',
        'webhook-id': sent.id,
        'webhook-timestamp': sent.timestamp,
        'webhook-signature': sign(sent),
        ...headers,
      })
      .send(body);
  const reconciliations = async () =>
    (await bench.waiting('reconcile')).filter((payload) => JSON.stringify(payload).includes(reference));

  it('204, and reads the payment at the provider instead of trusting the content', async () => {
    await bench.authorize(reference);
    await send(notification()).expect(204);
    expect(await reconciliations()).toEqual([{ reference }]);
    await bench.run('reconcile', { reference });
    // The webhook claims that the payment is settled, but the provider has not captured it. The service must ask the
    // provider.
    expect(await bench.statusOf(reference)).toBe('authorized');
  });

  it('204 for a repeated notification, without another effect', async () => {
    const sent = notification();
    for (const { status } of await Promise.all([send(sent), send(sent), send(sent)]))
      expect(status).toBe(204);
    await send({ ...sent, timestamp: String(nowSeconds() + 60) }).expect(204);
    expect(await reconciliations()).toHaveLength(1);
    await send(notification()).expect(204);
    expect(await reconciliations()).toHaveLength(2);
  });

  it('verifies the signature over the raw bytes', async () => {
    const body = `{ "ref" :\n "${reference}", "name": "\\u00e4ä" }`;
    await send(notification({ body })).expect(204);
    expect(await reconciliations()).toHaveLength(1);
    const other = notification();
    expectError(
      await send(other, {}, JSON.stringify(JSON.parse(other.body), null, 1)),
      401,
      'PAYMENTS_SIGNATURE_REFUSED',
    );
  });

  it('204 with any parameter of the media type, and 415 for another charset', async () => {
    for (const type of ['application/json;charset=utf8', 'application/json; version=2; charset="UTF-8"'])
      await send(notification(), { 'Content-Type': type }).expect(204);
    expect(await reconciliations()).toHaveLength(2);
    await send(notification(), { 'Content-Type': 'application/json; charset=latin1' }).expect(415);
  });

  it('204 for a notification without a payment', async () => {
    await send(notification({ body: '{"notice":"price.changed"}' })).expect(204);
    expect(await reconciliations()).toEqual([]);
  });

  it('400 for a body that is not an object', async () => {
    for (const body of ['[]', '"text"', '{']) expect((await send(notification({ body }))).status).toBe(400);
  });

  it.each<[string, () => [Notification, Record<string, string>?]]>([
    ['another secret', () => [notification({ secret: `whsec_${'A'.repeat(32)}` })]],
    ['no signature', () => [notification(), { 'webhook-signature': '' }]],
    ['an id that was not signed', () => [notification(), { 'webhook-id': 'evt_other' }]],
    [
      'a timestamp that was not signed',
      () => [notification(), { 'webhook-timestamp': String(nowSeconds() - 1) }],
    ],
    ['a timestamp too far in the past', () => [notification({ timestamp: String(nowSeconds() - 302) })]],
    ['a timestamp too far in the future', () => [notification({ timestamp: String(nowSeconds() + 302) })]],
    ['a malformed timestamp', () => [notification({ timestamp: 'now' })]],
  ])('401 for %s', async (_what, build) => {
    const [sent, headers] = build();
    expectError(await send(sent, headers), 401, 'PAYMENTS_SIGNATURE_REFUSED');
    expect(await reconciliations()).toEqual([]);
  });

  it('404 if payments are disabled', () =>
    withTestApp({}, async (test) => {
      expectError(await send(notification(), {}, '{}', test.http), 404, 'PAYMENTS_OFF');
    }));
});
