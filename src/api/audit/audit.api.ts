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

/** The audit trail for other modules. */
export interface Audit {
  /** Stores an event, in the open transaction if there is one. */
  record(entry: AuditEntry): Promise<void>;
}
