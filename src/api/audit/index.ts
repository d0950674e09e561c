import { defineModule } from '../../module.ts';
import { integer, withDefault } from '../../core/schema.ts';
import type { Audit } from './audit.api.ts';
import { AuditController } from './audit.controller.ts';
import { AuditEvent } from './audit-event.model.ts';
import { AuditEventRepository } from './audit-event.repository.ts';
import { auditRoutes } from './audit.routes.ts';
import { AuditService } from './audit.service.ts';
import { toOwnAuditEventView } from './audit.view.ts';
import { Background } from './background.ts';
import { CreateAuditEvents1763730000000 } from './migrations/1763730000000-create-audit-events.ts';
import { RefusalCounter } from './refusal-watch.ts';
import { SuspicionService } from './suspicion.service.ts';

// The audit trail of security events: who did what, from where.
// Events are stored in the transaction of the change they describe and are never rewritten.

export type { Audit, AuditEntry } from './audit.api.ts';

export const auditModule = defineModule({
  name: 'audit',
  path: '/audit-events',
  entities: [AuditEvent],
  migrations: [CreateAuditEvents1763730000000],
  permissions: { 'audit:read': 'Read the audit trail: sign-ins, permission changes, suspicions' },
  grants: { admin: ['audit:read'] },
  settings: {
    AUDIT_RETENTION_DAYS: withDefault(integer(90, 36_500), 400).description(
      'Retention of audit events. The database refuses to delete events younger than 90 days.',
    ),
  },
  create: ({ db, clock, ids, logger, settings }) => {
    const events = new AuditEventRepository(db);
    const background = new Background(logger);
    const suspicion = new SuspicionService({
      events,
      transaction: db.transaction,
      ids,
      logger,
      refusals: new RefusalCounter(clock),
      background,
    });
    const service = new AuditService({
      events,
      suspicion,
      ids,
      afterCommit: (work) => {
        db.afterCommit(work);
      },
      retentionDays: settings.AUDIT_RETENTION_DAYS,
    });
    const api: Audit = service;
    return {
      api,
      routes: auditRoutes(new AuditController(service)),
      personalData: {
        exportFor: async (userId) => {
          const { newest, hasMore } = await service.newestOf(userId);
          return { newest: newest.map((event) => toOwnAuditEventView(event, userId)), hasMore };
        },
        eraseInBatches: (userId) => service.eraseOriginsInBatches(userId),
        eraseFor: (userId) => service.eraseOriginsOf(userId),
      },
      purge: (limit) => service.purge(limit),
      onRefused: ({ userId }) => {
        suspicion.refused(userId);
      },
      stop: () => background.settle(),
    };
  },
});
