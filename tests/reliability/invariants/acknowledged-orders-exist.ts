import type { Line, Operation } from '../history.ts';
import type { FinalOrder } from '../evidence.ts';
import type { Invariant } from './invariant.ts';

const spell = (lines: readonly Line[]): string =>
  lines.map(({ productId, quantity }) => `${productId}:${quantity}`).join(',');

function faultIn({ facts, answer }: Operation, order: FinalOrder | undefined): string | null {
  if (order === undefined) return 'is gone';
  if (order.id !== answer?.orderId) return `is another: ${order.id}`;
  if (spell(order.items) !== spell(facts.lines ?? [])) return 'has other lines';
  if (order.totalMinor !== answer.totalMinor) return 'has another total';
  return null;
}

export const acknowledgedOrdersExist: Invariant = {
  number: '1',
  promise: 'each acknowledged order exists as acknowledged',
  check: ({ history, orders }) => {
    const byKey = new Map(orders.map((order) => [order.key, order]));
    const byId = new Map(orders.map((order) => [order.id, order]));
    const placed = history.of('place').filter(({ outcome }) => outcome === 'ok');
    const lost = placed.flatMap((operation) => {
      const fault = faultIn(operation, byKey.get(operation.facts.key ?? ''));
      return fault === null ? [] : [`order ${operation.answer?.orderId ?? ''} (${operation.id}) ${fault}`];
    });
    const cancelled = history.of('cancel').filter(({ outcome }) => outcome === 'ok');
    const revived = cancelled.flatMap(({ id, facts: { orderId = '' } }) => {
      const status = byId.get(orderId)?.status;
      return status === 'cancelled'
        ? []
        : [`order ${orderId}, whose end was acknowledged (${id}), is ${status ?? 'gone'}`];
    });
    const shipped = history.of('ship', 'deliver').filter(({ outcome }) => outcome === 'ok');
    const returned = shipped.flatMap(({ id, facts: { orderId = '' } }) => {
      const status = byId.get(orderId)?.status;
      return status === 'shipped' || status === 'delivered'
        ? []
        : [`order ${orderId}, which has left (${id}), is ${status ?? 'gone'}`];
    });
    const checked = placed.length + cancelled.length + shipped.length;
    return { checked, violations: [...lost, ...revived, ...returned] };
  },
};
