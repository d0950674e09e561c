import { describe, expect, it } from '@jest/globals';
import { hasValidSignature, type SignedMessage } from './webhook.signature.ts';

// The example of the standard-webhooks specification.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const notice: SignedMessage = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  body: Buffer.from('{"test": 2432232314}'),
};
const now = new Date(1_614_265_330_000);
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe('hasValidSignature', () => {
  it('knows a right signature, also among others, and with the bare secret', () => {
    expect(hasValidSignature(notice, secret, now)).toBe(true);
    const signature = `v1a,AAAA v1,AAAA ${notice.signature}`;
    expect(hasValidSignature({ ...notice, signature }, secret, now)).toBe(true);
    expect(hasValidSignature(notice, secret.slice('whsec_'.length), now)).toBe(true);
  });

  it.each<[string, Partial<SignedMessage>]>([
    ['another id', { id: 'msg_other' }],
    ['another time', { timestamp: '1614265331' }],
    ['another body', { body: Buffer.from('{"test":2432232314}') }],
    ['no signature', { signature: '' }],
    ['an empty one', { signature: 'v1,' }],
    ['one of another version', { signature: notice.signature.replace('v1', 'v2') }],
    ['a part of one', { signature: notice.signature.slice(0, 20) }],
    ['a time that is none', { timestamp: '1614265330.0' }],
    ['no time', { timestamp: '' }],
  ])('refuses %s', (_what, changes) => {
    expect(hasValidSignature({ ...notice, ...changes }, secret, now)).toBe(false);
  });

  it('refuses what another secret has signed', () => {
    expect(hasValidSignature(notice, `${secret.slice(0, -1)}A`, now)).toBe(false);
  });

  it('takes five minutes of difference, either way, and no more', () => {
    for (const seconds of [-300, 300]) expect(hasValidSignature(notice, secret, later(seconds))).toBe(true);
    for (const seconds of [-301, 301]) expect(hasValidSignature(notice, secret, later(seconds))).toBe(false);
  });
});
