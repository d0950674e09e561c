import { groupBy } from '../group-by.ts';
import type { Operation } from '../history.ts';
import type { Invariant } from './invariant.ts';

/** Whether this answer was to be kept, and given again to everyone who asks with the same key. */
const isLasting = ({ answer }: Operation): boolean =>
  answer !== null &&
  (answer.status < 300 || (answer.status === 409 && answer.code !== 'IDEMPOTENCY_IN_FLIGHT'));

export const oneEffectPerKey: Invariant = {
  number: '3',
  promise: 'one effect per idempotency key, and replays are byte-identical',
  check: ({ history, orders }) => {
    const violations: string[] = [];
    for (const [key, placed] of groupBy(orders, (order) => order.key))
      if (placed.length > 1)
        violations.push(`key ${key} has ${placed.length} orders: ${placed.map(({ id }) => id).join(', ')}`);
    const answers = groupBy(history.of('place', 'publish').filter(isLasting), ({ facts }) => facts.key ?? '');
    for (const [key, given] of answers) {
      if (new Set(given.map(({ answer }) => answer?.hash)).size > 1)
        violations.push(`key ${key} has different answers: ${given.map(({ id }) => id).join(', ')}`);
      if (given.filter(({ answer }) => answer?.isReplay === false).length > 1)
        violations.push(`key ${key} was carried out more than once: ${given.map(({ id }) => id).join(', ')}`);
    }
    return { checked: answers.size, violations };
  },
};
