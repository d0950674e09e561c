import type { AuditEvent } from './audit-event.model.ts';
import type { AuditEventView } from './audit.validation.ts';

export const toAuditEventView = (event: AuditEvent): AuditEventView => ({
  id: event.id,
  occurredAt: event.occurredAt.toISOString(),
  type: event.type,
  actorId: event.actorId,
  subjectId: event.subjectId,
  ip: event.ip,
  userAgent: event.userAgent,
  requestId: event.requestId,
  details: event.details,
});

/** Returns the event as shown to its subject. Omits IP address and user agent of another actor. */
export const toOwnAuditEventView = (event: AuditEvent, userId: string): AuditEventView => {
  const hasOtherActor = event.actorId !== null && event.actorId !== userId;
  return { ...toAuditEventView(event), ...(hasOtherActor && { ip: null, userAgent: null }) };
};
