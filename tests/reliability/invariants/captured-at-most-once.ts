import type { Movement } from '../../../dev/sandbox/ledger.ts';
import type { FinalOrder } from '../evidence.ts';
import { groupBy } from '../group-by.ts';
import type { Invariant } from './invariant.ts';

/** What a payment must be called when the provider's charge is in this state. */
const statusOf = {
  holding: 'authorized',
  rejected: 'declined',
  settled: 'captured',
  released: 'voided',
  reversed: 'refunded',
} as const;

const paidFor: readonly string[] = ['paid', 'shipped', 'delivered'];

const decimal = (minor: number): string => (minor / 100).toFixed(2);

function faultIn(order: FinalOrder, movements: readonly Movement[]): string | null {
  const settled = movements.filter(({ kind }) => kind === 'settle');
  if (settled.length > 1) return `was captured ${settled.length} times`;
  const last = movements.at(-1)?.charge;
  if (last !== undefined && Number(last.amount) !== Number(decimal(order.totalMinor)))
    return `costs ${decimal(order.totalMinor)}, and the provider has ${last.amount}`;
  const isPaid = last?.state === 'settled';
  if (paidFor.includes(order.status) !== isPaid)
    return `is ${order.status}, and its charge ${last?.state ?? 'was never made'}`;
  if (order.status === 'pending' || last?.state === 'holding')
    return `has not come to an end: ${order.status}, its charge ${last?.state ?? 'never made'}`;
  return null;
}

export const capturedAtMostOnce: Invariant = {
  number: '5',
  promise:
    'at most one capture per order, which is paid then and only then, and the provider’s ledger equals our payments',
  check: async ({ orders, ledger, query }) => {
    const charges = groupBy(ledger, ({ charge }) => charge.ref);
    const violations = orders.flatMap((order) => {
      const fault = faultIn(order, charges.get(order.id) ?? []);
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
      // Cancelled before it was asked for, it never came to the provider.
      const isRight = state === undefined ? status === 'voided' : statusOf[state] === status;
      if (!isRight)
        violations.push(`payment ${reference} is ${status}, and the provider says ${state ?? 'nothing'}`);
    }
    return { checked: orders.length, violations };
  },
};
