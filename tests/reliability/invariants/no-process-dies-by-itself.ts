import type { Invariant } from './invariant.ts';

// How many workers one poison event may kill. It kills each worker that claims it, until its last attempt has made it
// dead.
const deathsByPoison = 3;

export const noProcessDiesByItself: Invariant = {
  number: '14',
  promise: 'no process ends unexpectedly, and no bug (500) occurs',
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
      ...others.map(({ process, how }) => `${process} ended unexpectedly: ${how}`),
      ...bugs.map(({ message, requestId }) => `a bug occurred in ${requestId ?? 'no request'}: ${message}`),
    ];
    if (byPoison.length > poisons * deathsByPoison)
      violations.push(`${poisons} poison events have killed workers ${byPoison.length} times`);
    return { checked: died.length + errors.length, violations };
  },
};
