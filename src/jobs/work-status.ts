import type { JobState } from './jobs.ts';

export const workStatuses = ['waiting', 'running', 'done', 'failed'] as const;

/** Status of work done by a job, as shown to the user who requested it. */
export type WorkStatus = (typeof workStatuses)[number];

/**
 * Returns the status of work. The completion time is stored with the work itself, because the job is deleted after some
 * days.
 */
export function workStatusOf(finishedAt: Date | null, job: Pick<JobState, 'status'> | null): WorkStatus {
  if (finishedAt !== null) return 'done';
  if (job === null || job.status === 'dead') return 'failed';
  // The completion time is committed together with the result of the work. If the job is done but the time is missing,
  // the caller read the time before that commit, so report `running`.
  return job.status === 'done' ? 'running' : job.status;
}
