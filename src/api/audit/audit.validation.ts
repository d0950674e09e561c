import Joi from 'joi';
import { momentText } from '../../core/moment.ts';
import { listQuery, pageOf } from '../../core/pagination.ts';
import {
  arrayOf,
  named,
  nullable,
  object,
  optional,
  text,
  timestamp,
  uuid,
  type Infer,
} from '../../core/schema.ts';

/** Facts of an event. The keys depend on the type of the event. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export const listAuditEventsQuery = listQuery(['occurredAt'], '-occurredAt', {
  type: optional(text(1, 100).description('Event type, such as `auth.password_changed`.')),
  actorId: optional(uuid().description('The user who acted.')),
  subjectId: optional(uuid().description('The affected user.')),
  ip: optional(text(1, 64).description('IP address of the actor.')),
  from: optional(momentText().description('Earliest time, in UTC.')),
  to: optional(momentText().description('Latest time, exclusive, in UTC.')),
});
export type ListAuditEventsQuery = Infer<typeof listAuditEventsQuery>;

const anyText = () => Joi.string().allow('');

const details = Joi.object<AuditDetails>().pattern(
  /^[a-z][A-Za-z0-9]*$/,
  nullable(Joi.alternatives(anyText(), Joi.number(), Joi.boolean(), arrayOf(anyText()))),
);

export const auditEventView = named(
  'AuditEvent',
  object({
    id: uuid(),
    occurredAt: timestamp(),
    type: Joi.string(),
    actorId: nullable(uuid()),
    subjectId: nullable(uuid()),
    ip: nullable(Joi.string()),
    userAgent: nullable(anyText()),
    requestId: nullable(Joi.string()),
    details,
  }),
);
export type AuditEventView = Infer<typeof auditEventView>;

export const auditEventPage = pageOf(auditEventView);
