import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createMemoryLogger } from '../../../tests/helpers/fakes.ts';
import { sandboxKey, startSandbox, type TestSandbox } from '../../../tests/helpers/sandbox.ts';
import { PaymentProviderError, type ProviderFailure } from './payment-provider.ts';
import { createSandboxPayments, type ClosablePayments } from './sandbox-provider.ts';

const money = { amountMinor: 1_250, currency: 'EUR' };

async function failureOf(work: Promise<unknown>): Promise<ProviderFailure | 'none'> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (error instanceof PaymentProviderError) return error.failure;
    throw error;
  }
}

describe('sandbox payments', () => {
  let sandbox: TestSandbox;
  let payments: ClosablePayments;
  let reference: string;

  beforeEach(async () => {
    sandbox = await startSandbox();
    payments = reach(sandbox.url);
    reference = randomUUID();
  });
  afterEach(async () => {
    await payments.close();
    await sandbox.close();
  });

  const reach = (
    url: string,
    { timeoutMs = 5_000, resetMs = 60_000, key = sandboxKey, logger = createMemoryLogger() } = {},
  ) => createSandboxPayments({ access: { url, key }, logger, timeoutMs, resetMs });

  it('translates amounts to minor units, and statuses', async () => {
    expect(await payments.find(reference)).toBeNull();
    expect(await payments.authorize({ reference, ...money })).toEqual({ status: 'authorized', ...money });
    expect(await payments.capture(reference)).toEqual({ status: 'captured', ...money });
    expect(await payments.refund(reference)).toEqual({ status: 'refunded', ...money });
    expect(await payments.find(reference)).toEqual({ status: 'refunded', ...money });
    expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'settle 12.50', 'reverse 12.50']);
    const other = randomUUID();
    await payments.authorize({ reference: other, amountMinor: 1_250, currency: 'JPY' });
    expect(await payments.void(other)).toEqual({
      status: 'voided',
      amountMinor: 1_250,
      currency: 'JPY',
    });
    expect(await sandbox.ledgerOf(other)).toEqual(['hold 1250', 'release 1250']);
  });

  it('returns the reason of a decline', async () => {
    await sandbox.setSwitches({ declineAbove: '12.49' });
    expect(await payments.authorize({ reference, ...money })).toEqual({
      status: 'declined',
      ...money,
      reason: 'insufficient_funds',
    });
  });

  it('has one effect for repeated calls', async () => {
    const asked = { reference, ...money };
    const answers = await Promise.all([1, 2, 3].map(() => payments.authorize(asked)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['authorized']));
    await payments.capture(reference);
    await payments.capture(reference);
    expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'settle 12.50']);
  });

  it('fails as unknown after a timeout, and returns the result on a retry', async () => {
    const hasty = reach(sandbox.url, { timeoutMs: 300 });
    await sandbox.setSwitches({ timeoutAfterSuccess: true });
    expect(await failureOf(hasty.authorize({ reference, ...money }))).toBe('unknown');
    await sandbox.setSwitches({ timeoutAfterSuccess: false });
    expect(await payments.authorize({ reference, ...money })).toMatchObject({ status: 'authorized' });
    expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50']);
    await hasty.close();
  });

  it.each<[string, ProviderFailure, (work: TestSandbox) => Promise<unknown>]>([
    ['a 503 response', 'unavailable', (one) => one.setSwitches({ outage: 'unavailable' })],
    ['a broken connection', 'unknown', (one) => one.setSwitches({ outage: 'reset' })],
    ['a refused connection', 'unavailable', (one) => one.close()],
  ])('%s fails as %s', async (_what, failure, break_) => {
    await break_(sandbox);
    expect(await failureOf(payments.authorize({ reference, ...money }))).toBe(failure);
  });

  it('fails as refused if the status of the charge does not allow the call', async () => {
    expect(await failureOf(payments.capture(reference))).toBe('refused');
    await payments.authorize({ reference, ...money });
    await payments.void(reference);
    expect(await failureOf(payments.capture(reference))).toBe('refused');
    expect(await failureOf(payments.authorize({ reference, amountMinor: 1, currency: 'EUR' }))).toBe(
      'refused',
    );
  });

  it('fails as unavailable without a provider, or with a wrong key', async () => {
    const unconfigured = createSandboxPayments({ access: null, logger: createMemoryLogger() });
    expect(await failureOf(unconfigured.find(reference))).toBe('unavailable');
    const stranger = reach(sandbox.url, { key: 'wrong' });
    expect(await failureOf(stranger.find(reference))).toBe('unavailable');
    await Promise.all([unconfigured.close(), stranger.close()]);
  });

  it('returns the reference in a notification, or null', () => {
    expect(payments.referenceIn({ notice: 'charge.changed', ref: 'r1', state: 'settled' })).toBe('r1');
    for (const notice of [{}, { ref: 1 }, { ref: '' }, null, 'ref'])
      expect(payments.referenceIn(notice)).toBeNull();
  });

  describe('with an unexpected response', () => {
    const withServer = async (answer: RequestListener, use: (one: ClosablePayments) => Promise<void>) => {
      const server = createServer(answer);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const one = reach(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await use(one);
      await one.close();
      server.close();
      server.closeAllConnections();
    };

    it.each([
      ['a 500 response', 500, '{}'],
      ['an HTML page', 200, '<html></html>'],
      ['an unknown state', 200, '{"state":"odd","amount":"1.00","currency":"EUR"}'],
      ['an invalid amount', 200, '{"state":"holding","amount":1,"currency":"EUR"}'],
      ['a missing currency', 200, '{"state":"holding","amount":"1.00"}'],
      ['a redirect', 302, ''],
    ])('%s fails as unknown', async (_what, status, body) => {
      const answer: RequestListener = (_req, res) => res.writeHead(status, { Location: '/x' }).end(body);
      await withServer(answer, async (one) => {
        expect(await failureOf(one.find(reference))).toBe('unknown');
      });
    });
  });

  describe('the circuit breaker', () => {
    const calls = (count: number) =>
      Array.from({ length: count }, () => failureOf(payments.authorize({ reference, ...money })));

    it('rejects calls without sending them after too many failures', async () => {
      await payments.close();
      const logger = createMemoryLogger();
      payments = reach(sandbox.url, { logger });
      await sandbox.setSwitches({ outage: 'reset' });
      expect(new Set(await Promise.all(calls(6)))).toEqual(new Set(['unknown']));
      // `unavailable` proves that the circuit is open. If the call had been sent, it would fail as `unknown`.
      expect(await calls(1)[0]).toBe('unavailable');
      expect(logger.lines.map(({ message }) => message)).toContainEqual(
        expect.stringContaining('the circuit is open'),
      );
    });

    it('closes the circuit after the reset time', async () => {
      await payments.close();
      payments = reach(sandbox.url, { resetMs: 50 });
      await sandbox.setSwitches({ outage: 'reset' });
      await Promise.all(calls(6));
      await sandbox.setSwitches({ outage: null });
      // Yield to the timer of the breaker, because the breaker rejects a call without waiting.
      while ((await calls(1)[0]) !== 'none') await new Promise(setImmediate);
      expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50']);
    });

    it('does not count refusals as failures', async () => {
      const refused = await Promise.all(Array.from({ length: 8 }, () => failureOf(payments.capture('none'))));
      expect(new Set(refused)).toEqual(new Set(['refused']));
      expect(await failureOf(payments.capture('none'))).toBe('refused');
    });
  });
});
