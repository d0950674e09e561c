import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac, randomUUID } from 'node:crypto';
import { expectError } from '../../helpers/errors.ts';
import { webhookSecret } from '../../helpers/sandbox.ts';
import { withTestApp } from '../../helpers/with-app.ts';
import { openPaymentBench, type PaymentBench } from './bench.ts';

interface Notice {
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
  const notice = (changes: Partial<Notice> = {}): Notice => ({
    id: `evt_${randomUUID()}`,
    timestamp: String(nowSeconds()),
    body: JSON.stringify({ notice: 'charge.changed', ref: reference, state: 'settled' }),
    secret: webhookSecret,
    ...changes,
  });
  const sign = ({ id, timestamp, body, secret }: Notice): string => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  };
  const send = (
    sent: Notice,
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
  const readings = async () =>
    (await bench.waiting('reconcile')).filter((payload) => JSON.stringify(payload).includes(reference));

  it('is 204, and has the payment read at the provider, whatever the notice says', async () => {
    await bench.authorize(reference);
    await send(notice()).expect(204);
    expect(await readings()).toEqual([{ reference }]);
    await bench.run('reconcile', { reference });
    // The notice said "settled", and the provider does not.
    expect(await bench.statusOf(reference)).toBe('authorized');
  });

  it('is 204 for a notice that comes again, at once or later, and does nothing more', async () => {
    const sent = notice();
    for (const { status } of await Promise.all([send(sent), send(sent), send(sent)]))
      expect(status).toBe(204);
    await send({ ...sent, timestamp: String(nowSeconds() + 60) }).expect(204);
    expect(await readings()).toHaveLength(1);
    await send(notice()).expect(204);
    expect(await readings()).toHaveLength(2);
  });

  it('is judged by its bytes, and not by what they mean', async () => {
    const body = `{ "ref" :\n "${reference}", "name": "\\u00e4ä" }`;
    await send(notice({ body })).expect(204);
    expect(await readings()).toHaveLength(1);
    const other = notice();
    expectError(
      await send(other, {}, JSON.stringify(JSON.parse(other.body), null, 1)),
      401,
      'PAYMENTS_SIGNATURE_REFUSED',
    );
  });

  it('is 204 with any parameter of its type, and 415 for another charset', async () => {
    for (const type of ['application/json;charset=utf8', 'application/json; version=2; charset="UTF-8"'])
      await send(notice(), { 'Content-Type': type }).expect(204);
    expect(await readings()).toHaveLength(2);
    await send(notice(), { 'Content-Type': 'application/json; charset=latin1' }).expect(415);
  });

  it('is 204 for a notice about nothing that there is here', async () => {
    await send(notice({ body: '{"notice":"price.changed"}' })).expect(204);
    expect(await readings()).toEqual([]);
  });

  it('is 400 for a body that is no object', async () => {
    for (const body of ['[]', '"text"', '{']) expect((await send(notice({ body }))).status).toBe(400);
  });

  it.each<[string, () => [Notice, Record<string, string>?]]>([
    ['another secret', () => [notice({ secret: `whsec_${'A'.repeat(32)}` })]],
    ['no signature', () => [notice(), { 'webhook-signature': '' }]],
    ['another id than was signed', () => [notice(), { 'webhook-id': 'evt_other' }]],
    ['another time than was signed', () => [notice(), { 'webhook-timestamp': String(nowSeconds() - 1) }]],
    ['a time too long ago', () => [notice({ timestamp: String(nowSeconds() - 302) })]],
    ['a time too far ahead', () => [notice({ timestamp: String(nowSeconds() + 302) })]],
    ['a time that is none', () => [notice({ timestamp: 'now' })]],
  ])('is 401 for %s', async (_what, build) => {
    const [sent, headers] = build();
    expectError(await send(sent, headers), 401, 'PAYMENTS_SIGNATURE_REFUSED');
    expect(await readings()).toEqual([]);
  });

  it('is 404 where payments are off', () =>
    withTestApp({}, async (test) => {
      expectError(await send(notice(), {}, '{}', test.http), 404, 'PAYMENTS_OFF');
    }));
});
