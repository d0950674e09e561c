import { defineModule } from '../../module.ts';
import { auditModule } from '../audit/index.ts';
import { OperationsController } from './operations.controller.ts';
import { operationsRoutes } from './operations.routes.ts';
import { OperationsService } from './operations.service.ts';

// Operator access to events and jobs: list, redrive, skip and retry. Every action is audited.

export const operationsModule = defineModule({
  name: 'operations',
  path: '/admin',
  permissions: { 'operations:manage': 'See jobs and dead events, and retry or skip them' },
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
