import { currentContext } from '../../core/context.ts';
import type { AuditEvent } from './audit-event.model.ts';
import type { AuditDetails } from './audit.validation.ts';

/** An event to record. Actor, IP address and request come from the context. */
export interface AuditEntry {
  /** `module.past_tense`, such as `auth.password_changed`. */
  readonly type: string;
  /** The affected user, or null. */
  readonly subjectId: string | null;
  /** The acting user, if not the caller of the request. */
  readonly actorId?: string | null;
  /** Further facts, such as ids. No personal names and no secrets. Keys in camelCase. */
  readonly details?: AuditDetails;
}

/** An event to insert; the database sets its time. */
export type NewAuditEvent = Omit<AuditEvent, 'occurredAt'>;

// Clients choose its length, and every failed sign-in stores it.
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
