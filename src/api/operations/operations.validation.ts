import Joi from 'joi';
import { jobStatuses } from '../../jobs/jobs.ts';
import { listQuery, pageOf } from '../../core/pagination.ts';
import {
  integer,
  named,
  nullable,
  object,
  oneOf,
  optional,
  text,
  timestamp,
  uuid,
  type Infer,
} from '../../core/schema.ts';

export const byId = object({ id: uuid() });

export const listDeadEventsQuery = listQuery(['createdAt'], '-createdAt', {});
export type ListDeadEventsQuery = Infer<typeof listDeadEventsQuery>;

const count = () => integer(0, Number.MAX_SAFE_INTEGER);

export const deadEventView = named(
  'DeadEvent',
  object({
    id: uuid(),
    type: Joi.string(),
    aggregateType: Joi.string(),
    aggregateId: Joi.string(),
    sequence: count(),
    attempts: count(),
    lastError: nullable(Joi.string()),
    createdAt: timestamp(),
  }),
);
export type DeadEventView = Infer<typeof deadEventView>;

export const deadEventPage = pageOf(deadEventView);

const status = oneOf(...jobStatuses);

export const listJobsQuery = listQuery(['createdAt'], '-createdAt', {
  status: optional(status),
  name: optional(text(1, 100).description('Job name, such as `housekeeping.purge`.')),
});
export type ListJobsQuery = Infer<typeof listJobsQuery>;

export const jobView = named(
  'Job',
  object({
    id: uuid(),
    name: Joi.string(),
    status,
    progress: integer(0, 100).description('Progress in percent.'),
    attempts: count(),
    lastError: nullable(Joi.string()),
    createdAt: timestamp(),
    finishedAt: nullable(timestamp()),
  }),
);
export type JobView = Infer<typeof jobView>;

export const jobPage = pageOf(jobView);
