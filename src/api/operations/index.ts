import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { OperationsController } from './operations.controller.ts';
import { operationsRoutes } from './operations.routes.ts';
import { OperationsService } from './operations.service.ts';

// What those who run the service see of events and jobs, and do about those that are stuck.
// Promises that nothing is redriven, skipped or retried without being written down.

export const operationsModule = defineModule({
  name: 'operations',
  path: '/admin',
  permissions: { 'operations:manage': 'See jobs and dead events, and have them tried again or skipped' },
  grants: { admin: ['operations:manage'] },
  create: ({ db, deadEvents, jobs, use }) => {
    const service = new OperationsService({
      deadEvents,
      jobs,
      audit: use(auditModule),
      transaction: db.transaction,
    });
    return { api: {}, routes: operationsRoutes(new OperationsController(service)) };
  },
});
