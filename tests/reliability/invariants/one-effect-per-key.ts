import { groupBy } from '../group-by.ts';
import type { Operation } from '../history.ts';
import type { Invariant } from './invariant.ts';

/** Returns whether the service stores the response and sends it again for the same key. */
const isStored = ({ response }: Operation): boolean =>
  response !== null &&
  (response.status < 300 || (response.status === 409 && response.code !== 'IDEMPOTENCY_IN_FLIGHT'));

export const oneEffectPerKey: Invariant = {
  number: '3',
  promise: 'one effect per idempotency key, and replays are byte-identical',
  check: ({ history, orders }) => {
    const violations: string[] = [];
    for (const [key, placed] of groupBy(orders, (order) => order.key))
      if (placed.length > 1)
        violations.push(`key ${key} has ${placed.length} orders: ${placed.map(({ id }) => id).join(', ')}`);
    const responses = groupBy(
      history.of('place', 'publish').filter(isStored),
      ({ facts }) => facts.key ?? '',
    );
    for (const [key, repeated] of responses) {
      if (new Set(repeated.map(({ response }) => response?.hash)).size > 1)
        violations.push(`key ${key} has different responses: ${repeated.map(({ id }) => id).join(', ')}`);
      if (repeated.filter(({ response }) => response?.isReplay === false).length > 1)
        violations.push(`key ${key} was executed more than once: ${repeated.map(({ id }) => id).join(', ')}`);
    }
    return { checked: responses.size, violations };
  },
};
