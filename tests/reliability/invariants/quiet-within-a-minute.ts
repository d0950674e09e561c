import type { Invariant } from './invariant.ts';

export const quietWithinAMinute: Invariant = {
  number: '12',
  promise: 'quiet within 60 s: no leases, no waiting events, no locks, no idle transactions',
  check: ({ quiescence: { isQuiet, tookMs, left } }) => ({
    checked: 1,
    violations: isQuiet ? [] : [`after ${tookMs} ms there are ${left.join(', ')}`],
    note: `after ${(tookMs / 1_000).toFixed(1)} s`,
  }),
};
