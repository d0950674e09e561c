import { currentContext } from '../../core/context.ts';
import type { AuditEvent } from './audit-event.model.ts';
import type { AuditDetails } from './audit.validation.ts';

/** Something that happened; who did it, from where and in which request are known from the context. */
export interface AuditEntry {
  /** `module.past_tense`, such as `auth.password_changed`. */
  readonly type: string;
  /** The user whom it happened to; null where there is none. */
  readonly subjectId: string | null;
  /** The user who did it, where that is not the caller of the request. */
  readonly actorId?: string | null;
  /** What else is worth knowing: ids and facts, nothing that names a person, no secret. Keys in camelCase. */
  readonly details?: AuditDetails;
}

/** An event that is not stored yet: the database says when it was. */
export type NewAuditEvent = Omit<AuditEvent, 'occurredAt'>;

// Whoever calls chooses its length, and every failed sign-in stores it.
const userAgentMax = 512;

/** The entry with what the request tells of it; outside a request nobody is named and no address known. */
export function toAuditEvent(id: string, { type, subjectId, actorId, details }: AuditEntry): NewAuditEvent {
  const { userId, ip, userAgent, requestId } = currentContext() ?? {};
  return {
    id,
    type,
    subjectId,
    actorId: actorId === undefined ? (userId ?? null) : actorId,
    // An address is empty when the client was gone before it could be asked.
    ip: ip === undefined || ip === '' ? null : ip,
    userAgent: userAgent?.slice(0, userAgentMax) ?? null,
    requestId: requestId ?? null,
    details: details ?? {},
  };
}
