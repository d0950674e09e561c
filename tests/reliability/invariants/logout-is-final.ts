import type { Invariant } from './invariant.ts';

const graceMs = 1_000;

export const logoutIsFinal: Invariant = {
  number: '10',
  promise: 'no token is accepted more than 1 s after an acknowledged logout',
  check: ({ history }) => {
    const endedMs = new Map<string, number>();
    for (const { outcome, facts, sentAtMs, tookMs } of history.of('logout'))
      if (outcome === 'ok' && facts.sessionId !== undefined) endedMs.set(facts.sessionId, sentAtMs + tookMs);
    const late = history.of('use', 'refresh').filter(({ facts, sentAtMs, kind }) => {
      const ended = endedMs.get(facts.sessionId ?? '');
      // Access tokens may work for one more second, because processes cache sessions that long. Refresh tokens must
      // not.
      return ended !== undefined && sentAtMs > ended + (kind === 'use' ? graceMs : 0);
    });
    return {
      checked: late.length,
      violations: late
        .filter(({ outcome }) => outcome === 'ok')
        .map(
          ({ id, kind, facts }) =>
            `"${kind}" (${id}) was accepted after session ${facts.sessionId ?? ''} had ended`,
        ),
    };
  },
};
