import type { Evidence } from '../evidence.ts';
import { groupBy } from '../group-by.ts';
import type { Operation } from '../history.ts';
import { huge } from '../load/others.ts';
import type { Invariant } from './invariant.ts';

const allFailed = (operations: readonly Operation[]): boolean =>
  operations.every(({ outcome }) => outcome === 'fail');

/** Returns the ids of orders that were cancelled on request, according to their events. */
async function listCancelledOnRequest({ query }: Evidence): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT aggregate_id AS id FROM outbox WHERE type = 'orders.cancelled' AND payload ->> 'reason' = 'asked'`,
  );
  return rows.map(({ id }) => id);
}

export const failuresHaveNoEffect: Invariant = {
  number: '2',
  promise: 'a failed request has no effect, an unknown one has none or one',
  check: async (evidence) => {
    const { history, orders, query } = evidence;
    const attempts = groupBy(history.of('place'), ({ facts }) => facts.key ?? '');
    const violations = orders.flatMap(({ id, key }) => {
      const requests = attempts.get(key);
      if (requests === undefined) return [`order ${id} was never requested`];
      return allFailed(requests) ? [`order ${id} was refused but exists`] : [];
    });
    const ends = groupBy(history.of('cancel'), ({ facts }) => facts.orderId ?? '');
    const ended = await listCancelledOnRequest(evidence);
    for (const id of ended)
      if (allFailed(ends.get(id) ?? []))
        violations.push(`order ${id} is cancelled, but every cancellation was refused`);
    const stored = await query('SELECT 1 FROM outbox WHERE aggregate_id = $1', [huge]);
    if (stored.length > 0) violations.push('an event above the size limit was stored');
    return { checked: attempts.size + ended.length, violations };
  },
};
