import { route, type RouteDefinition } from '../../http/route.ts';
import type { AuditController } from './audit.controller.ts';
import { auditEventPage, listAuditEventsQuery } from './audit.validation.ts';

export const auditRoutes = (controller: AuditController): RouteDefinition[] => [
  route({
    method: 'get',
    path: '/',
    summary: 'List audit events',
    description: 'Returns security events with actor, subject, IP address and request.',
    access: { permission: 'audit:read' },
    query: listAuditEventsQuery,
    replies: { 200: auditEventPage },
    handle: controller.list,
  }),
];
