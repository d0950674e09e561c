import type { DeadEvent } from '../../events/events.ts';
import type { JobState } from '../../jobs/jobs.ts';
import type { DeadEventView, JobView } from './operations.validation.ts';

/** Returns a dead event without its payload, which may be personal data. */
export const toDeadEventView = (event: DeadEvent): DeadEventView => ({
  id: event.id,
  type: event.type,
  aggregateType: event.aggregateType,
  aggregateId: event.aggregateId,
  sequence: event.sequence,
  attempts: event.attempts,
  lastError: event.lastError,
  createdAt: event.createdAt.toISOString(),
});

export const toJobView = (job: JobState): JobView => ({
  id: job.id,
  name: job.name,
  status: job.status,
  progress: job.progress,
  attempts: job.attempts,
  lastError: job.lastError,
  createdAt: job.createdAt.toISOString(),
  finishedAt: job.finishedAt?.toISOString() ?? null,
});
