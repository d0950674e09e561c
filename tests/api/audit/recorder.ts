import { auditModule, type Audit, type AuditEntry } from '../../../src/api/audit/index.ts';
import { defineModule } from '../../../src/module.ts';
import { noContent } from '../../../src/http/reply.ts';
import { route } from '../../../src/http/route.ts';
import { object, optional, uuid } from '../../../src/core/schema.ts';
import { modules } from '../../../src/modules.ts';
import Joi from 'joi';
import type { TestApp } from '../../helpers/app.ts';

const body = object({
  type: Joi.string(),
  subjectId: optional(uuid()),
  account: optional(Joi.string()),
  fails: optional(Joi.boolean()),
});

/** A module whose route records an event in a transaction. If `fails` is set, the transaction is rolled back. */
const recorderModule = defineModule({
  name: 'recorder',
  path: '/recorder',
  create: ({ db, use }) => {
    const audit = use(auditModule);
    return {
      api: {},
      routes: [
        route({
          method: 'post',
          path: '/',
          summary: 'Record an event',
          access: 'optional',
          body,
          replies: { 204: null },
          handle: async ({ body: { type, subjectId = null, account, fails = false } }) => {
            await db.transaction(async () => {
              await audit.record({ type, subjectId, ...(account !== undefined && { details: { account } }) });
              if (fails) throw new Error('SENTINEL');
            });
            return noContent();
          },
        }),
      ],
    };
  },
});

export const modulesWithRecorder = [...modules, recorderModule];

const instanceOf = ({ app }: TestApp) => app.modules.instances.get('audit');

/** Records an event outside any request. */
export const record = (test: TestApp, entry: AuditEntry): Promise<void> =>
  (instanceOf(test)?.api as Audit).record(entry);

/** Waits until all suspicious events have been checked. */
export const waitForAudit = async (test: TestApp): Promise<void> => instanceOf(test)?.stop?.();

export const purge = async (test: TestApp, limit: number): Promise<number | undefined> =>
  instanceOf(test)?.purge?.(limit);

/** Stores an event that happened some seconds ago. */
export async function insertBackdated(
  { db }: TestApp,
  seconds: number,
  { type, ip = null, details = {} }: { type: string; ip?: string | null; details?: object },
): Promise<void> {
  await db.query(
    `INSERT INTO audit_events (id, occurred_at, type, ip, details)
     VALUES (gen_random_uuid(), now() - make_interval(secs => $1), $2, $3, $4)`,
    [seconds, type, ip, JSON.stringify(details)],
  );
}

export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly actor_id: string | null;
  readonly subject_id: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly request_id: string | null;
  readonly details: object;
}

/** Returns the stored events of a type, oldest first. */
export const listStoredEvents = ({ db }: TestApp, type: string): Promise<StoredEvent[]> =>
  db.query('SELECT * FROM audit_events WHERE type = $1 ORDER BY occurred_at, id', [type]);
