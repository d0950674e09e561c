import { defineErrors } from '../../core/errors.ts';

export const operationsErrors = defineErrors({
  noDeadEvent: [
    'not_found',
    'OPERATIONS_EVENT_NOT_FOUND',
    'There is no such dead event.',
    { de: 'Dieses unzustellbare Ereignis gibt es nicht.' },
  ],
  noJob: [
    'not_found',
    'OPERATIONS_JOB_NOT_FOUND',
    'There is no such job.',
    { de: 'Diesen Auftrag gibt es nicht.' },
  ],
  noDeadJob: [
    'conflict',
    'OPERATIONS_JOB_NOT_DEAD',
    'Only a dead job can be retried.',
    { de: 'Nur ein gescheiterter Auftrag kann erneut versucht werden.' },
  ],
});
