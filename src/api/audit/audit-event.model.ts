import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';
import type { AuditDetails } from './audit.validation.ts';

/** A security event. The table has no foreign keys, because the events must outlive the users in them. */
@Entity('audit_events')
@Index('audit_events_occurred_at_id', ['occurredAt', 'id'])
@Index('audit_events_type_occurred_at_id', ['type', 'occurredAt', 'id'])
@Index('audit_events_subject_id_occurred_at_id', ['subjectId', 'occurredAt', 'id'])
@Index('audit_events_actor_id_occurred_at_id', ['actorId', 'occurredAt', 'id'])
@Index('audit_events_ip_type_occurred_at', ['ip', 'type', 'occurredAt'])
export class AuditEvent {
  @PrimaryColumn('uuid')
  id!: string;

  /** The time of the event. The database's clock sets it, because all processes share that clock. */
  @Column({ name: 'occurred_at', ...createdMoment })
  occurredAt!: Date;

  @Column('text')
  type!: string;

  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('uuid', { name: 'subject_id', nullable: true })
  subjectId!: string | null;

  @Column('text', { nullable: true })
  ip!: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('jsonb')
  details!: AuditDetails;
}
