import { route, type RouteDefinition } from '../../http/route.ts';
import type { OperationsController } from './operations.controller.ts';
import { operationsErrors } from './operations.errors.ts';
import {
  byId,
  deadEventPage,
  jobPage,
  jobView,
  listDeadEventsQuery,
  listJobsQuery,
} from './operations.validation.ts';

const operators = route.with({ access: { permission: 'operations:manage' } });

export const operationsRoutes = (controller: OperationsController): RouteDefinition[] => [
  operators({
    method: 'get',
    path: '/events/dead',
    summary: 'List dead events',
    description:
      'A dead event is one whose delivery failed too often. Later events of the same aggregate wait until it is delivered or skipped.',
    query: listDeadEventsQuery,
    replies: { 200: deadEventPage },
    handle: controller.listDeadEvents,
  }),
  operators({
    method: 'post',
    path: '/events/:id/redrive',
    summary: 'Deliver a dead event again',
    params: byId,
    replies: { 204: null },
    errors: [operationsErrors.noDeadEvent],
    handle: controller.redrive,
  }),
  operators({
    method: 'post',
    path: '/events/:id/skip',
    summary: 'Skip a dead event and resume delivery',
    params: byId,
    replies: { 204: null },
    errors: [operationsErrors.noDeadEvent],
    handle: controller.skip,
  }),
  operators({
    method: 'get',
    path: '/jobs',
    summary: 'List jobs',
    query: listJobsQuery,
    replies: { 200: jobPage },
    handle: controller.listJobs,
  }),
  operators({
    method: 'get',
    path: '/jobs/:id',
    summary: 'Get a job',
    params: byId,
    replies: { 200: jobView },
    errors: [operationsErrors.noJob],
    handle: controller.getJob,
  }),
  operators({
    method: 'post',
    path: '/jobs/:id/retry',
    summary: 'Retry a dead job',
    params: byId,
    replies: { 204: null },
    errors: [operationsErrors.noJob, operationsErrors.noDeadJob],
    handle: controller.retryJob,
  }),
];
