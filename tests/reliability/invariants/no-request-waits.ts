import type { Evidence } from '../evidence.ts';
import type { Operation } from '../history.ts';
import type { Invariant } from './invariant.ts';

const limitMs = 3_000;
// The outcome of a COMMIT decides the answer, so it is waited for this much longer.
const commitMs = 5_000;
// Of a request's time, that in which the machine did not even turn to the rig.
const stallMaxMs = 250;
// What was inflicted takes some time to pass.
const aftermathMs = 1_000;

/** Whether this was asked while a fault of this effect lasted. */
const struckBy = (
  effect: 'silencesService' | 'silencesDatabase',
  { faults }: Evidence,
  { sentAtMs, tookMs }: Operation,
): boolean =>
  faults.some(
    (fault) => fault[effect] && fault.fromMs < sentAtMs + tookMs && sentAtMs < fault.toMs + aftermathMs,
  );

/** Whether the machine was too busy with other things, so that the time tells nothing about the service. */
const wasStarved = ({ stalledMs }: Operation): boolean => stalledMs > stallMaxMs;

export const noRequestWaits: Invariant = {
  number: '11',
  promise: 'no request waits longer than 3 s for the service',
  check: (evidence) => {
    const heard = evidence.history.operations.filter(
      (operation) => !struckBy('silencesService', evidence, operation),
    );
    const limitOf = (operation: Operation): number =>
      limitMs + (struckBy('silencesDatabase', evidence, operation) ? commitMs : 0);
    const judged = heard.filter((operation) => !wasStarved(operation));
    const slowest = judged.reduce((most, { tookMs }) => Math.max(most, tookMs), 0);
    const violations = judged
      .filter((operation) => operation.tookMs > limitOf(operation))
      .map(
        ({ id, kind, tookMs, failure, answer }) =>
          `"${kind}" (${id}) took ${tookMs} ms: ${failure ?? answer?.status ?? ''}`,
      );
    const starved = heard.length - judged.length;
    const note = `the slowest took ${slowest} ms${starved === 0 ? '' : `; ${starved} not judged, as the machine stood still for too long`}`;
    return { checked: judged.length, violations, note };
  },
};
