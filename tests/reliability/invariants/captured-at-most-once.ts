import type { Movement } from '../../../dev/sandbox/ledger.ts';
import type { FinalOrder } from '../evidence.ts';
import { groupBy } from '../group-by.ts';
import type { Invariant } from './invariant.ts';

/** Maps the state of a charge at the provider to the status that the payment must have. */
const statusOf = {
  holding: 'authorized',
  rejected: 'declined',
  settled: 'captured',
  released: 'voided',
  reversed: 'refunded',
} as const;

const paidFor: readonly string[] = ['paid', 'shipped', 'delivered'];

const decimal = (minor: number): string => (minor / 100).toFixed(2);

function problemOf(order: FinalOrder, movements: readonly Movement[]): string | null {
  const settled = movements.filter(({ kind }) => kind === 'settle');
  if (settled.length > 1) return `was captured ${settled.length} times`;
  const last = movements.at(-1)?.charge;
  if (last !== undefined && Number(last.amount) !== Number(decimal(order.totalMinor)))
    return `costs ${decimal(order.totalMinor)}, but the provider has ${last.amount}`;
  const isPaid = last?.state === 'settled';
  if (paidFor.includes(order.status) !== isPaid)
    return `is ${order.status}, but its charge is ${last?.state ?? 'missing'}`;
  if (order.status === 'pending' || last?.state === 'holding')
    return `has not reached a final status: ${order.status}, its charge is ${last?.state ?? 'missing'}`;
  return null;
}

export const capturedAtMostOnce: Invariant = {
  number: '5',
  promise:
    'at most one capture per order, an order is paid exactly if captured, and the provider’s ledger equals our payments',
  check: async ({ orders, ledger, query }) => {
    const charges = groupBy(ledger, ({ charge }) => charge.ref);
    const violations = orders.flatMap((order) => {
      const fault = problemOf(order, charges.get(order.id) ?? []);
      return fault === null ? [] : [`order ${order.id} ${fault}`];
    });
    const ids = new Set(orders.map(({ id }) => id));
    violations.push(
      ...[...charges.keys()].filter((ref) => !ids.has(ref)).map((ref) => `charge ${ref} has no order`),
    );
    const payments = await query<{ reference: string; status: string }>(
      'SELECT reference, status FROM payments',
    );
    for (const { reference, status } of payments) {
      const state = charges.get(reference)?.at(-1)?.charge.state;
      // The provider does not know a payment that was cancelled before its authorization.
      const isRight = state === undefined ? status === 'voided' : statusOf[state] === status;
      if (!isRight)
        violations.push(`payment ${reference} is ${status}, but the charge is ${state ?? 'missing'}`);
    }
    return { checked: orders.length, violations };
  },
};
