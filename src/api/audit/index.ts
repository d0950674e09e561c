import { defineModule } from '../../core/module.ts';

// What happened that matters to security, who did it and from where.
// Promises that an event is stored with the change that it tells of, and that nothing is rewritten afterwards.

/** Something that happened; who did it, from where and in which request are known from the context. */
export interface AuditEntry {
  /** `module.past_tense`, such as `auth.password_changed`. */
  readonly type: string;
  /** The user whom it happened to; null where there is none. */
  readonly subjectId: string | null;
  /** The user who did it, where that is not the caller of the request. */
  readonly actorId?: string | null;
  /** What else is worth knowing: ids and facts, nothing that names a person, no secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** What other modules may ask of the audit trail. */
export interface Audit {
  /** Stores an event in the open transaction, or by itself where none is open. */
  record(entry: AuditEntry): Promise<void>;
}

export const auditModule = defineModule({
  name: 'audit',
  path: '/audit-events',
  create: () => {
    const api: Audit = { record: async () => undefined };
    return { api, routes: [] };
  },
});
