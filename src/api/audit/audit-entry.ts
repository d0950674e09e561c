import { currentContext } from '../../core/context.ts';
import type { AuditEvent } from './audit-event.model.ts';
import type { AuditEntry } from './audit.api.ts';

/** An event to insert, without its time, which the database sets. */
export type NewAuditEvent = Omit<AuditEvent, 'occurredAt'>;

// Limits the user agent: clients choose its length, and every failed sign-in stores it.
const userAgentMax = 512;

/** Completes an entry from the request context. Outside a request, actor and IP address are null. */
export function toAuditEvent(id: string, { type, subjectId, actorId, details }: AuditEntry): NewAuditEvent {
  const { userId, ip, userAgent, requestId } = currentContext() ?? {};
  return {
    id,
    type,
    subjectId,
    actorId: actorId === undefined ? (userId ?? null) : actorId,
    // The IP address is empty if the client disconnected early.
    ip: ip === undefined || ip === '' ? null : ip,
    userAgent: userAgent?.slice(0, userAgentMax) ?? null,
    requestId: requestId ?? null,
    details: details ?? {},
  };
}
