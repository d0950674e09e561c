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

/** The event as a person may have it who is part of it: where somebody else did it from is that one's affair. */
export const toOwnAuditEventView = (event: AuditEvent, userId: string): AuditEventView => {
  const isOfAnother = event.actorId !== null && event.actorId !== userId;
  return { ...toAuditEventView(event), ...(isOfAnother && { ip: null, userAgent: null }) };
};
