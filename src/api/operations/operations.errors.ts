import { defineErrors } from '../../core/errors.ts';
import { operationsMessages } from './operations.messages.ts';

export const operationsErrors = defineErrors(operationsMessages.errors, {
  noDeadEvent: ['not_found', 'OPERATIONS_EVENT_NOT_FOUND'],
  noJob: ['not_found', 'OPERATIONS_JOB_NOT_FOUND'],
  noDeadJob: ['conflict', 'OPERATIONS_JOB_NOT_DEAD'],
});
