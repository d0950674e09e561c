import type { TestApp } from './app.ts';

interface TestEvent {
  readonly type: string;
  readonly actorId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly details: object;
}

/** Returns the audit events of a module about a user, oldest first. */
export const auditEventsOf = ({ db }: TestApp, module: string, subjectId: string): Promise<TestEvent[]> =>
  db.query(
    `SELECT type, actor_id AS "actorId", ip, user_agent AS "userAgent", details FROM audit_events
      WHERE subject_id = $1 AND type LIKE $2 || '.%' ORDER BY occurred_at, id`,
    [subjectId, module],
  );
