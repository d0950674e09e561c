import type { DeadEvent, DeadEvents } from '../../events/events.ts';
import type { Jobs, JobState } from '../../jobs/jobs.ts';
import type { Page } from '../../core/pagination.ts';
import type { Transaction } from '../../db/database.ts';
import type { Audit } from '../audit/index.ts';
import { operationsErrors } from './operations.errors.ts';
import type { ListDeadEventsQuery, ListJobsQuery } from './operations.validation.ts';

interface OperationsServiceDeps {
  readonly deadEvents: DeadEvents;
  readonly jobs: Jobs;
  readonly audit: Audit;
  readonly transaction: Transaction;
}

/** Lists and repairs stuck events and jobs. Every action is audited. */
export class OperationsService {
  constructor(private readonly deps: OperationsServiceDeps) {}

  listDeadEvents(query: ListDeadEventsQuery): Promise<Page<DeadEvent>> {
    return this.deps.deadEvents.list(query);
  }

  /** Redrives a dead event. Throws `OPERATIONS_EVENT_NOT_FOUND`. */
  redrive(eventId: string): Promise<void> {
    return this.#requeue('operations.event_redriven', eventId, (id) => this.deps.deadEvents.redrive(id));
  }

  /**
   * Skips a dead event, so that the later events of its aggregate are delivered. Throws `OPERATIONS_EVENT_NOT_FOUND`.
   */
  skip(eventId: string): Promise<void> {
    return this.#requeue('operations.event_skipped', eventId, (id) => this.deps.deadEvents.skip(id));
  }

  listJobs(query: ListJobsQuery): Promise<Page<JobState>> {
    return this.deps.jobs.list(query);
  }

  async getJob(id: string): Promise<JobState> {
    const job = await this.deps.jobs.find(id);
    if (job === null) throw operationsErrors.noJob();
    return job;
  }

  /** Retries a dead job. Throws `OPERATIONS_JOB_NOT_FOUND` or `OPERATIONS_JOB_NOT_DEAD`. */
  async retryJob(id: string): Promise<void> {
    const { jobs, audit, transaction } = this.deps;
    await transaction(async () => {
      const { name } = await this.getJob(id);
      if (!(await jobs.retry(id))) throw operationsErrors.noDeadJob();
      await audit.record({ type: 'operations.job_retried', subjectId: null, details: { jobId: id, name } });
    });
  }

  async #requeue(type: string, eventId: string, act: (id: string) => Promise<boolean>): Promise<void> {
    const { audit, transaction } = this.deps;
    await transaction(async () => {
      if (!(await act(eventId))) throw operationsErrors.noDeadEvent();
      await audit.record({ type, subjectId: null, details: { eventId } });
    });
  }
}
