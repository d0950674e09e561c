import { describe, expect, it } from '@jest/globals';
import type { ProviderStatus } from './payment-provider.ts';
import { Payment } from './payment.ts';

const money = { amountMinor: 1_250, currency: 'EUR' };

const requested = (): Payment => {
  const payment = new Payment('r1');
  payment.request(money);
  return payment;
};
const paymentAfter = (...statuses: readonly ProviderStatus[]): Payment => {
  const payment = requested();
  for (const status of statuses) payment.applyProviderState({ status, ...money });
  return payment;
};
const typesOf = ({ raised }: Payment) =>
  raised.map(({ definition }) => definition.type.replace('payments.', ''));

describe('Payment', () => {
  it.each<[ProviderStatus, string[], string, boolean]>([
    ['authorized', ['authorized'], 'authorized', true],
    ['declined', ['declined'], 'declined', false],
    ['captured', ['authorized', 'captured'], 'captured', false],
    ['voided', ['authorized', 'cancelled'], 'voided', false],
    ['refunded', ['authorized', 'captured', 'cancelled'], 'refunded', false],
  ])('raises every step up to %s when requested', (status, types, end, isOpen) => {
    const payment = paymentAfter(status);
    expect(typesOf(payment)).toEqual(['requested', ...types]);
    expect([payment.state.status, payment.isOpen]).toEqual([end, isOpen]);
  });

  it.each<[ProviderStatus, ProviderStatus]>([
    ['captured', 'authorized'],
    ['voided', 'authorized'],
    ['refunded', 'captured'],
    ['declined', 'authorized'],
    ['voided', 'captured'],
    ['authorized', 'declined'],
  ])('does not go back from %s to %s', (first, late) => {
    const payment = paymentAfter(first);
    const { version, state } = payment;
    payment.applyProviderState({ status: late, ...money });
    expect([payment.version, payment.state]).toEqual([version, state]);
  });

  it('stores the refunded amount', () => {
    expect(paymentAfter('voided').state.refundedMinor).toBe(0);
    expect(paymentAfter('refunded').state.refundedMinor).toBe(1_250);
  });

  it('ignores the provider before it is requested, and throws for another amount or currency', () => {
    const unknown = new Payment('r1');
    unknown.applyProviderState({ status: 'captured', ...money });
    expect(unknown.version).toBe(0);
    for (const other of [{ amountMinor: 1 }, { currency: 'USD' }])
      expect(() => requested().applyProviderState({ status: 'captured', ...money, ...other })).toThrow(
        'another amount',
      );
  });

  it('is requested once and cancelled once', () => {
    const payment = paymentAfter('captured');
    payment.request(money);
    payment.cancel();
    payment.cancel();
    expect(typesOf(payment)).toEqual(['requested', 'authorized', 'captured', 'cancel-requested']);
    expect(payment.isOpen).toBe(true);
  });

  it('is voided without a request to the provider if it is cancelled first', () => {
    const payment = new Payment('r1');
    payment.cancel();
    expect(payment.isOpen).toBe(false);
    payment.request(money);
    expect(typesOf(payment)).toEqual(['cancel-requested', 'requested', 'cancelled']);
    expect([payment.state.status, payment.isOpen]).toEqual(['voided', false]);
  });

  it('stays declined if it is declined during a cancellation', () => {
    const payment = requested();
    payment.cancel();
    payment.applyProviderState({ status: 'declined', ...money, reason: 'no' });
    expect(typesOf(payment)).toEqual(['requested', 'cancel-requested', 'declined', 'cancelled']);
    expect(payment.state).toMatchObject({ status: 'declined', refundedMinor: 0 });
  });

  it('does not cancel a voided payment', () => {
    const payment = paymentAfter('voided');
    payment.cancel();
    expect(typesOf(payment)).toEqual(['requested', 'authorized', 'cancelled']);
  });
});
