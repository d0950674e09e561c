import type { Invariant } from './invariant.ts';

export const failuresAreLoggedOnce: Invariant = {
  number: '13',
  promise: 'every 5xx has exactly one logged error with its request id',
  check: ({ history, errors }) => {
    const counts = new Map<string, number>();
    for (const { requestId = '' } of errors) counts.set(requestId, (counts.get(requestId) ?? 0) + 1);
    const failed = history.operations.filter(({ response }) => response !== null && response.status >= 500);
    const violations = failed.flatMap(({ id, kind, response }) => {
      const count = counts.get(id) ?? 0;
      return count === 1
        ? []
        : [`"${kind}" (${id}, ${response?.status ?? 0}) has ${count} errors in the log`];
    });
    return { checked: failed.length, violations };
  },
};
