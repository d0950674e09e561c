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
    { timeoutMs = 5_000, restMs = 60_000, key = sandboxKey, logger = createMemoryLogger() } = {},
  ) => createSandboxPayments({ access: { url, key }, logger, timeoutMs, restMs });

  it('says everything in our words: amounts in minor units, states and reasons', async () => {
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

  it('is declined with the provider’s reason', async () => {
    await sandbox.setSwitches({ declineAbove: '12.49' });
    expect(await payments.authorize({ reference, ...money })).toEqual({
      status: 'declined',
      ...money,
      reason: 'insufficient_funds',
    });
  });

  it('has its effect once, however often it is asked for', async () => {
    const asked = { reference, ...money };
    const answers = await Promise.all([1, 2, 3].map(() => payments.authorize(asked)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['authorized']));
    await payments.capture(reference);
    await payments.capture(reference);
    expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50', 'settle 12.50']);
  });

  it('does not know what became of a call without an answer, and finds out by asking again', async () => {
    const hasty = reach(sandbox.url, { timeoutMs: 300 });
    await sandbox.setSwitches({ timeoutAfterSuccess: true });
    expect(await failureOf(hasty.authorize({ reference, ...money }))).toBe('unknown');
    await sandbox.setSwitches({ timeoutAfterSuccess: false });
    expect(await payments.authorize({ reference, ...money })).toMatchObject({ status: 'authorized' });
    expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50']);
    await hasty.close();
  });

  it.each<[string, ProviderFailure, (work: TestSandbox) => Promise<unknown>]>([
    ['a provider that is closed', 'unavailable', (one) => one.setSwitches({ outage: 'unavailable' })],
    ['a connection that breaks', 'unknown', (one) => one.setSwitches({ outage: 'reset' })],
    ['nobody there', 'unavailable', (one) => one.close()],
  ])('says of %s that it is %s', async (_what, failure, break_) => {
    await break_(sandbox);
    expect(await failureOf(payments.authorize({ reference, ...money }))).toBe(failure);
  });

  it('says that it was refused what the charge is past', async () => {
    expect(await failureOf(payments.capture(reference))).toBe('refused');
    await payments.authorize({ reference, ...money });
    await payments.void(reference);
    expect(await failureOf(payments.capture(reference))).toBe('refused');
    expect(await failureOf(payments.authorize({ reference, amountMinor: 1, currency: 'EUR' }))).toBe(
      'refused',
    );
  });

  it('is not there without a provider, or with a key that is wrong', async () => {
    const nobody = createSandboxPayments({ access: null, logger: createMemoryLogger() });
    expect(await failureOf(nobody.find(reference))).toBe('unavailable');
    const stranger = reach(sandbox.url, { key: 'wrong' });
    expect(await failureOf(stranger.find(reference))).toBe('unavailable');
    await Promise.all([nobody.close(), stranger.close()]);
  });

  it('reads of a notice whom it is about, and nothing else', () => {
    expect(payments.referenceIn({ notice: 'charge.changed', ref: 'r1', state: 'settled' })).toBe('r1');
    for (const notice of [{}, { ref: 1 }, { ref: '' }, null, 'ref'])
      expect(payments.referenceIn(notice)).toBeNull();
  });

  describe('with something else in the provider’s place', () => {
    const answering = async (answer: RequestListener, use: (one: ClosablePayments) => Promise<void>) => {
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
      ['a failure', 500, '{}'],
      ['a page', 200, '<html></html>'],
      ['a state that it has never had', 200, '{"state":"odd","amount":"1.00","currency":"EUR"}'],
      ['an amount that is none', 200, '{"state":"holding","amount":1,"currency":"EUR"}'],
      ['a currency that is none', 200, '{"state":"holding","amount":"1.00"}'],
      ['a redirect', 302, ''],
    ])('does not know what became of it after %s', async (_what, status, body) => {
      const answer: RequestListener = (_req, res) => res.writeHead(status, { Location: '/x' }).end(body);
      await answering(answer, async (one) => {
        expect(await failureOf(one.find(reference))).toBe('unknown');
      });
    });
  });

  describe('the breaker', () => {
    const calls = (count: number) =>
      Array.from({ length: count }, () => failureOf(payments.authorize({ reference, ...money })));

    it('leaves a provider alone that fails too often', async () => {
      await payments.close();
      const logger = createMemoryLogger();
      payments = reach(sandbox.url, { logger });
      await sandbox.setSwitches({ outage: 'reset' });
      expect(new Set(await Promise.all(calls(6)))).toEqual(new Set(['unknown']));
      // Now nothing is sent any more: a call that was sent would be unknown.
      expect(await calls(1)[0]).toBe('unavailable');
      expect(logger.lines.map(({ message }) => message)).toContainEqual(
        expect.stringContaining('left alone'),
      );
    });

    it('asks again after a while', async () => {
      await payments.close();
      payments = reach(sandbox.url, { restMs: 50 });
      await sandbox.setSwitches({ outage: 'reset' });
      await Promise.all(calls(6));
      await sandbox.setSwitches({ outage: null });
      // An answer of the breaker alone leaves no room for its own timer.
      while ((await calls(1)[0]) !== 'none') await new Promise(setImmediate);
      expect(await sandbox.ledgerOf(reference)).toEqual(['hold 12.50']);
    });

    it('takes a refusal for an answer', async () => {
      const refused = await Promise.all(Array.from({ length: 8 }, () => failureOf(payments.capture('none'))));
      expect(new Set(refused)).toEqual(new Set(['refused']));
      expect(await failureOf(payments.capture('none'))).toBe('refused');
    });
  });
});
