import type { Evidence } from '../evidence.ts';
import type { Operation } from '../history.ts';
import type { Invariant } from './invariant.ts';

const limitMs = 3_000;
// How much longer (in ms) the service may take if it must wait for the outcome of a COMMIT.
const commitMs = 5_000;
// Ignore an operation if the test process itself was blocked for longer than this (in ms) meanwhile.
const stallMaxMs = 250;
// How long after its end (in ms) a fault still has effects.
const aftermathMs = 1_000;

/** Returns whether a fault with this effect happened during the operation. */
const overlapsFault = (
  effect: 'silencesService' | 'silencesDatabase',
  { faults }: Evidence,
  { sentAtMs, tookMs }: Operation,
): boolean =>
  faults.some(
    (fault) => fault[effect] && fault.fromMs < sentAtMs + tookMs && sentAtMs < fault.toMs + aftermathMs,
  );

/** Returns whether the machine was so busy that the duration says nothing about the service. */
const wasStarved = ({ stalledMs }: Operation): boolean => stalledMs > stallMaxMs;

export const noRequestWaits: Invariant = {
  number: '11',
  promise: 'no request takes longer than 3 s',
  check: (evidence) => {
    const reachable = evidence.history.operations.filter(
      (operation) => !overlapsFault('silencesService', evidence, operation),
    );
    const limitOf = (operation: Operation): number =>
      limitMs + (overlapsFault('silencesDatabase', evidence, operation) ? commitMs : 0);
    const judged = reachable.filter((operation) => !wasStarved(operation));
    const slowest = judged.reduce((most, { tookMs }) => Math.max(most, tookMs), 0);
    const violations = judged
      .filter((operation) => operation.tookMs > limitOf(operation))
      .map(
        ({ id, kind, tookMs, failure, response }) =>
          `"${kind}" (${id}) took ${tookMs} ms: ${failure ?? response?.status ?? ''}`,
      );
    const starved = reachable.length - judged.length;
    const note = `the slowest took ${slowest} ms${starved === 0 ? '' : `; ${starved} not judged, because the machine stalled`}`;
    return { checked: judged.length, violations, note };
  },
};
