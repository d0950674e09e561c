import { Attempt } from '../db/attempt.model.ts';
import type { EntityClass, MigrationClass } from '../db/data-source.ts';
import { EventRecord, Snapshot } from '../events/event.model.ts';
import { InboxRecord } from '../events/inbox.model.ts';
import { OutboxEvent, OutboxSequence } from '../events/outbox.model.ts';
import { IdempotencyRecord } from '../http/idempotency.model.ts';
import { JobSchedule } from '../jobs/job-schedule.model.ts';
import { Job } from '../jobs/job.model.ts';
import { CreateIdempotencyRecords1763700000000 } from '../http/migrations/1763700000000-create-idempotency-records.ts';
import { CreateOutbox1763740000000 } from '../events/migrations/1763740000000-create-outbox.ts';
import { CreateEvents1763742000000 } from '../events/migrations/1763742000000-create-events.ts';
import { CreateJobs1763741000000 } from '../jobs/migrations/1763741000000-create-jobs.ts';
import { IndexJobsByName1763748000000 } from '../jobs/migrations/1763748000000-index-jobs-by-name.ts';
import { CreateAttempts1763710000000 } from '../db/migrations/1763710000000-create-attempts.ts';

/** The entities that belong to no module. */
export const kernelEntities: readonly EntityClass[] = [
  Attempt,
  EventRecord,
  IdempotencyRecord,
  InboxRecord,
  Job,
  JobSchedule,
  OutboxEvent,
  OutboxSequence,
  Snapshot,
];

/** The migrations that belong to no module. */
export const kernelMigrations: readonly MigrationClass[] = [
  CreateIdempotencyRecords1763700000000,
  CreateAttempts1763710000000,
  CreateOutbox1763740000000,
  CreateJobs1763741000000,
  CreateEvents1763742000000,
  IndexJobsByName1763748000000,
];
