import type { Evidence, FinalOrder } from '../evidence.ts';
import type { Invariant } from './invariant.ts';

/** Maps the status of an order to the events that it must have, each once. */
const expectedEvents: Readonly<Record<string, readonly string[]>> = {
  pending: ['orders.placed'],
  paid: ['orders.placed', 'orders.paid'],
  shipped: ['orders.placed', 'orders.paid', 'orders.shipped'],
  delivered: ['orders.placed', 'orders.paid', 'orders.shipped', 'orders.delivered'],
  // A cancelled order may have the event `orders.paid` too, if it was paid before.
  cancelled: ['orders.placed', 'orders.cancelled'],
  refunded: ['orders.placed', 'orders.paid', 'orders.refunded'],
};

function inconsistenciesOf({ id, items, totalMinor }: FinalOrder): string[] {
  const sum = items.reduce((total, { quantity, unitPriceMinor }) => total + quantity * unitPriceMinor, 0);
  if (items.length === 0) return [`order ${id} has no lines`];
  return sum === totalMinor ? [] : [`order ${id} costs ${totalMinor}, but its lines cost ${sum}`];
}

async function findEventMismatches({ orders, query }: Evidence): Promise<string[]> {
  const rows = await query<{ id: string; types: string[] }>(
    `SELECT aggregate_id AS id, array_agg(type ORDER BY sequence) AS types FROM outbox WHERE aggregate_type = 'order' GROUP BY 1`,
  );
  const told = new Map(rows.map(({ id, types }) => [id, types]));
  const ids = new Set(orders.map(({ id }) => id));
  const wrong = orders.flatMap(({ id, status }) => {
    const types = told.get(id) ?? [];
    const isWhole = (expectedEvents[status] ?? []).every((type) => types.includes(type));
    const isOnce = new Set(types).size === types.length;
    return isWhole && isOnce ? [] : [`order ${id} is ${status}, but its events are ${types.join(', ')}`];
  });
  return [
    ...wrong,
    ...rows.filter(({ id }) => !ids.has(id)).map(({ id }) => `events refer to the missing order ${id}`),
  ];
}

export const ordersAreWhole: Invariant = {
  number: '6',
  promise: 'every order has its lines and events, and every line and event has its order',
  check: async (evidence) => {
    const orphans = await evidence.query<{ id: string }>(
      'SELECT order_id AS id FROM order_items i WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = i.order_id)',
    );
    const violations = [
      ...evidence.orders.flatMap(inconsistenciesOf),
      ...orphans.map(({ id }) => `lines of ${id} have no order`),
      ...(await findEventMismatches(evidence)),
    ];
    return { checked: evidence.orders.length, violations };
  },
};
