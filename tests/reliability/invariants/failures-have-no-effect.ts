import type { Evidence } from '../evidence.ts';
import { groupBy } from '../group-by.ts';
import type { Operation } from '../history.ts';
import { huge } from '../load/others.ts';
import type { Invariant } from './invariant.ts';

const allFailed = (operations: readonly Operation[]): boolean =>
  operations.every(({ outcome }) => outcome === 'fail');

/** Orders that ended because somebody asked for it, as their events tell. */
async function endedOnRequest({ query }: Evidence): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `SELECT aggregate_id AS id FROM outbox WHERE type = 'orders.cancelled' AND payload ->> 'reason' = 'asked'`,
  );
  return rows.map(({ id }) => id);
}

export const failuresHaveNoEffect: Invariant = {
  number: '2',
  promise: 'each failed request has no effect, each unknown one none or one',
  check: async (evidence) => {
    const { history, orders, query } = evidence;
    const attempts = groupBy(history.of('place'), ({ facts }) => facts.key ?? '');
    const violations = orders.flatMap(({ id, key }) => {
      const asked = attempts.get(key);
      if (asked === undefined) return [`order ${id} was never asked for`];
      return allFailed(asked) ? [`order ${id} was refused, and exists`] : [];
    });
    const ends = groupBy(history.of('cancel'), ({ facts }) => facts.orderId ?? '');
    const ended = await endedOnRequest(evidence);
    for (const id of ended)
      if (allFailed(ends.get(id) ?? [])) violations.push(`order ${id} is cancelled, and nobody was told so`);
    const stored = await query('SELECT 1 FROM outbox WHERE aggregate_id = $1', [huge]);
    if (stored.length > 0) violations.push('an event of too many bytes was stored');
    return { checked: attempts.size + ended.length, violations };
  },
};
