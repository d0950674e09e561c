import type { Evidence } from '../evidence.ts';
import type { Operation } from '../history.ts';
import type { Invariant } from './invariant.ts';

const limitMs = 3_000;
// What was inflicted takes some time to pass.
const aftermathMs = 1_000;

/** Whether something stood between the service and its client while this was asked. */
const wasSilenced = ({ faults }: Evidence, { sentAtMs, tookMs }: Operation): boolean =>
  faults.some(
    ({ silencesService, fromMs, toMs }) =>
      silencesService && fromMs < sentAtMs + tookMs && sentAtMs < toMs + aftermathMs,
  );

/** For how long it waited on the service, and not on a machine that is busy with other things. */
const waitedMs = ({ tookMs, stalledMs }: Operation): number => tookMs - stalledMs;

export const noRequestWaits: Invariant = {
  number: '11',
  promise: 'no request waits longer than 3 s for the service',
  check: (evidence) => {
    const heard = evidence.history.operations.filter((operation) => !wasSilenced(evidence, operation));
    const slowest = heard.reduce((most, operation) => Math.max(most, waitedMs(operation)), 0);
    const violations = heard
      .filter((operation) => waitedMs(operation) > limitMs)
      .map(
        ({ id, kind, tookMs, failure, answer }) =>
          `"${kind}" (${id}) took ${tookMs} ms: ${failure ?? answer?.status ?? ''}`,
      );
    return { checked: heard.length, violations, note: `the slowest took ${slowest} ms` };
  },
};
