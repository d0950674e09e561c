import type { JobState } from './jobs.ts';

export const workStatuses = ['waiting', 'running', 'done', 'failed'] as const;

/** How work that a job does is getting on, for those who have asked for it. */
export type WorkStatus = (typeof workStatuses)[number];

/** The status of work by its own note of its end, which outlives the job, and by the job. */
export function workStatusOf(finishedAt: Date | null, job: Pick<JobState, 'status'> | null): WorkStatus {
  if (finishedAt !== null) return 'done';
  if (job === null || job.status === 'dead') return 'failed';
  // What the job did goes along with the note, so that it is not over before.
  return job.status === 'done' ? 'running' : job.status;
}
