import type { Line, Operation } from '../history.ts';
import type { FinalOrder } from '../evidence.ts';
import type { Invariant } from './invariant.ts';

const formatLines = (lines: readonly Line[]): string =>
  lines.map(({ productId, quantity }) => `${productId}:${quantity}`).join(',');

function problemOf({ facts, response }: Operation, order: FinalOrder | undefined): string | null {
  if (order === undefined) return 'is missing';
  if (order.id !== response?.orderId) return `has another id: ${order.id}`;
  if (formatLines(order.items) !== formatLines(facts.lines ?? [])) return 'has other lines';
  if (order.totalMinor !== response.totalMinor) return 'has another total';
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
      const fault = problemOf(operation, byKey.get(operation.facts.key ?? ''));
      return fault === null ? [] : [`order ${operation.response?.orderId ?? ''} (${operation.id}) ${fault}`];
    });
    const cancelled = history.of('cancel').filter(({ outcome }) => outcome === 'ok');
    const revived = cancelled.flatMap(({ id, facts: { orderId = '' } }) => {
      const status = byId.get(orderId)?.status;
      return status === 'cancelled'
        ? []
        : [`order ${orderId}, whose cancellation was acknowledged (${id}), is ${status ?? 'missing'}`];
    });
    const shipped = history.of('ship', 'deliver').filter(({ outcome }) => outcome === 'ok');
    const returned = shipped.flatMap(({ id, facts: { orderId = '' } }) => {
      const status = byId.get(orderId)?.status;
      return status === 'shipped' || status === 'delivered'
        ? []
        : [`order ${orderId}, which was shipped (${id}), is ${status ?? 'missing'}`];
    });
    const checked = placed.length + cancelled.length + shipped.length;
    return { checked, violations: [...lost, ...revived, ...returned] };
  },
};
