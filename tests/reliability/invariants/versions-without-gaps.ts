import { Payment } from '../../../src/api/payments/payment.ts';
import type { StoredEvent } from '../../../src/events/aggregate.ts';
import type { Evidence } from '../evidence.ts';
import { groupBy } from '../group-by.ts';
import type { Invariant } from './invariant.ts';

interface Counted {
  readonly aggregate: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly counter: number | null;
}

interface PaymentEvent extends StoredEvent {
  readonly reference: string;
}

async function findGaps({ query }: Evidence): Promise<{ checked: number; violations: string[] }> {
  const counted = await query<Counted>(
    `SELECT 'outbox of ' || aggregate_type || ' ' || aggregate_id AS aggregate, min(sequence) AS first,
       max(sequence) AS last, count(*)::int AS count, max(s.last) AS counter
     FROM outbox LEFT JOIN outbox_sequences s USING (aggregate_type, aggregate_id) GROUP BY 1
     UNION ALL
     SELECT 'events of ' || aggregate_type || ' ' || aggregate_id, min(version), max(version), count(*)::int, max(version)
     FROM events GROUP BY 1`,
  );
  const violations = counted
    .filter(({ first, last, count, counter }) => first !== 1 || last !== count || counter !== last)
    .map(
      (one) =>
        `${one.aggregate}: ${one.count} from ${one.first} to ${one.last}, counted ${String(one.counter)}`,
    );
  return { checked: counted.length, violations };
}

/** Returns the payments whose row differs from the state of their events. */
async function findDivergentPayments({ query }: Evidence): Promise<string[]> {
  const events = await query<PaymentEvent>(
    `SELECT aggregate_id AS reference, type, schema_version AS "schemaVersion", data FROM events
     WHERE aggregate_type = 'payment' ORDER BY aggregate_id, version`,
  );
  const histories = groupBy(events, ({ reference }) => reference);
  const rows = await query<{ reference: string; status: string; amount: string; refunded: string }>(
    'SELECT reference, status, amount_minor AS amount, refunded_minor AS refunded FROM payments',
  );
  return rows.flatMap(({ reference, status, amount, refunded }) => {
    const payment = new Payment(reference);
    payment.replay(histories.get(reference) ?? []);
    const { state } = payment;
    const isRight =
      state.status === status &&
      state.amountMinor === Number(amount) &&
      state.refundedMinor === Number(refunded);
    return isRight ? [] : [`payment ${reference} is ${status}, but its events make it ${state.status}`];
  });
}

export const versionsWithoutGaps: Invariant = {
  number: '7',
  promise: 'versions have no gaps per aggregate, and events reproduce the stored state',
  check: async (evidence) => {
    const { checked, violations } = await findGaps(evidence);
    return { checked, violations: [...violations, ...(await findDivergentPayments(evidence))] };
  },
};
