import { describe, expect, it } from '@jest/globals';
import { buildTestApp } from '../../helpers/app.ts';

/** The address that the service takes a caller to have who sends this X-Forwarded-For from 127.0.0.1. */
async function addressOf(trustProxy: string, forwardedFor: string): Promise<unknown> {
  const test = await buildTestApp({ settings: { TRUST_PROXY: trustProxy } });
  try {
    await test.http.get('//nowhere').set('X-Forwarded-For', forwardedFor).expect(404);
    return test.logger.lines.find(({ message }) => message === 'request')?.fields['ip'];
  } finally {
    await test.close();
  }
}

describe('TRUST_PROXY', () => {
  it.each([
    ['', '1.1.1.1', '127.0.0.1'],
    ['0', '1.1.1.1', '127.0.0.1'],
    ['1', '2.2.2.2', '2.2.2.2'],
    ['1', '1.1.1.1, 2.2.2.2', '2.2.2.2'],
    ['1', '6.6.6.6, 1.1.1.1, 2.2.2.2', '2.2.2.2'],
    ['2', '6.6.6.6, 1.1.1.1, 2.2.2.2', '1.1.1.1'],
    ['2', '2.2.2.2', '2.2.2.2'],
    ['loopback', '6.6.6.6, 1.1.1.1', '1.1.1.1'],
    ['127.0.0.1/32,2.2.2.0/24', '6.6.6.6, 1.1.1.1, 2.2.2.2', '1.1.1.1'],
    ['10.0.0.0/8', '1.1.1.1', '127.0.0.1'],
  ])('of %j, given %j: %s', async (trustProxy, forwardedFor, ip) => {
    expect(await addressOf(trustProxy, forwardedFor)).toBe(ip);
  });
});
