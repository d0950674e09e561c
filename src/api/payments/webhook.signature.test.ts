import { describe, expect, it } from '@jest/globals';
import { hasValidSignature, type SignedMessage } from './webhook.signature.ts';

// The example of the Standard Webhooks specification.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message: SignedMessage = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  body: Buffer.from('{"test": 2432232314}'),
};
const now = new Date(1_614_265_330_000);
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

describe('hasValidSignature', () => {
  it('accepts a valid signature, also among others, and a secret without prefix', () => {
    expect(hasValidSignature(message, secret, now)).toBe(true);
    const signature = `v1a,AAAA v1,AAAA ${message.signature}`;
    expect(hasValidSignature({ ...message, signature }, secret, now)).toBe(true);
    expect(hasValidSignature(message, secret.slice('whsec_'.length), now)).toBe(true);
  });

  it.each<[string, Partial<SignedMessage>]>([
    ['another id', { id: 'msg_other' }],
    ['another timestamp', { timestamp: '1614265331' }],
    ['another body', { body: Buffer.from('{"test":2432232314}') }],
    ['no signature', { signature: '' }],
    ['an empty signature', { signature: 'v1,' }],
    ['a signature of another version', { signature: message.signature.replace('v1', 'v2') }],
    ['a truncated signature', { signature: message.signature.slice(0, 20) }],
    ['a malformed timestamp', { timestamp: '1614265330.0' }],
    ['no timestamp', { timestamp: '' }],
  ])('rejects %s', (_what, changes) => {
    expect(hasValidSignature({ ...message, ...changes }, secret, now)).toBe(false);
  });

  it('rejects a signature of another secret', () => {
    expect(hasValidSignature(message, `${secret.slice(0, -1)}A`, now)).toBe(false);
  });

  it('accepts a clock difference of up to five minutes in both directions', () => {
    for (const seconds of [-300, 300]) expect(hasValidSignature(message, secret, later(seconds))).toBe(true);
    for (const seconds of [-301, 301]) expect(hasValidSignature(message, secret, later(seconds))).toBe(false);
  });
});
