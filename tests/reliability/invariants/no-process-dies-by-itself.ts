import type { Invariant } from './invariant.ts';

// A killing event ends the workers that take it up, and is dead after its attempts.
const deathsByPoison = 3;

export const noProcessDiesByItself: Invariant = {
  number: '14',
  promise: 'no process ends without having been told to, nor is any bug (500) seen',
  check: ({ crashes, faults, errors, history }) => {
    const expected = new Set(history.of('publishHuge').map(({ id }) => id));
    const bugs = errors.filter(
      ({ code, requestId }) => code === 'INTERNAL' && !expected.has(requestId ?? ''),
    );
    const poisons = faults.filter(({ kind }) => kind === 'poison.killing').length;
    const died = crashes.filter(({ wasReady }) => wasReady);
    const byPoison = died.filter(({ process, how }) => process.startsWith('worker') && how === 'SIGKILL');
    const others = died.filter((crash) => !byPoison.includes(crash));
    const violations = [
      ...others.map(({ process, how }) => `${process} ended by itself: ${how}`),
      ...bugs.map(({ message, requestId }) => `a bug was met by ${requestId ?? 'no request'}: ${message}`),
    ];
    if (byPoison.length > poisons * deathsByPoison)
      violations.push(`${poisons} killing events have ended workers ${byPoison.length} times`);
    return { checked: died.length + errors.length, violations };
  },
};
