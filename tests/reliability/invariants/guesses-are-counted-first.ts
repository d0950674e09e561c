import type { Invariant } from './invariant.ts';

export const guessesAreCountedFirst: Invariant = {
  number: '10c',
  promise: 'after too many wrong passwords the right one is refused',
  check: ({ history }) => {
    const late = history.of('guessLate');
    return {
      checked: late.length,
      violations: late
        .filter(({ outcome }) => outcome === 'ok')
        .map(({ id, actor }) => `${actor} could sign in after too many wrong passwords (${id})`),
    };
  },
};
