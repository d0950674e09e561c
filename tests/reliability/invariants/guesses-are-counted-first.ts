import type { Invariant } from './invariant.ts';

export const guessesAreCountedFirst: Invariant = {
  number: '10c',
  promise: 'a password is not even looked at once too many wrong ones were shown',
  check: ({ history }) => {
    const late = history.of('guessLate');
    return {
      checked: late.length,
      violations: late
        .filter(({ outcome }) => outcome === 'ok')
        .map(({ id, actor }) => `${actor} was let in after too many wrong guesses (${id})`),
    };
  },
};
