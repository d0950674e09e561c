import type { Invariant } from './invariant.ts';

export const refreshTokensHaveOneSuccessor: Invariant = {
  number: '10b',
  promise: 'a refresh token has one successor, and a token older than the previous one is refused',
  check: ({ history }) => {
    const refreshed = history.of('refresh');
    const accepted = refreshed.filter(({ outcome }) => outcome === 'ok');
    const violations = accepted.flatMap(({ id, facts: { sessionId = '', generation = 0 }, response }) =>
      response?.successor === generation + 1
        ? []
        : [
            `generation ${generation} of session ${sessionId} was followed by ${response?.successor ?? 'nothing'} (${id})`,
          ],
    );
    return { checked: refreshed.length, violations };
  },
};
