import { describe, expect, it } from '@jest/globals';
import { makeSecret, signedHeaders } from './signature.ts';

describe('signedHeaders', () => {
  // The example of the Standard Webhooks specification.
  const message = { eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

  it('signs as specified, with the timestamp in whole seconds', () => {
    expect(signedHeaders(message, new Date(1_614_265_330_999), [secret])).toEqual({
      'webhook-id': message.eventId,
      'webhook-timestamp': '1614265330',
      'webhook-signature': signature,
    });
  });

  it('returns one signature per secret, separated by spaces', () => {
    const headers = signedHeaders(message, new Date(1_614_265_330_000), [makeSecret(), secret]);
    expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}= v1,/);
    expect(headers['webhook-signature']?.split(' ')[1]).toBe(signature);
  });

  it('signs id, timestamp and body', () => {
    const at = new Date(1_614_265_330_000);
    const signed = [
      signedHeaders(message, at, [secret]),
      signedHeaders({ ...message, eventId: 'msg_other' }, at, [secret]),
      signedHeaders({ ...message, body: '{"test":2432232314}' }, at, [secret]),
      signedHeaders(message, new Date(1_614_265_331_000), [secret]),
      signedHeaders(message, at, [makeSecret()]),
    ].map((headers) => headers['webhook-signature']);
    expect(new Set(signed).size).toBe(signed.length);
  });
});
