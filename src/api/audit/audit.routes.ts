import { route, type RouteDefinition } from '../../http/route.ts';
import type { AuditController } from './audit.controller.ts';
import { auditEventPage, listAuditEventsQuery } from './audit.validation.ts';

export const auditRoutes = (controller: AuditController): RouteDefinition[] => [
  route({
    method: 'get',
    path: '/',
    summary: 'List what happened',
    description: 'Security events: who did what to whom, from where, and in which request.',
    access: { permission: 'audit:read' },
    query: listAuditEventsQuery,
    replies: { 200: auditEventPage },
    handle: controller.list,
  }),
];
