import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { WorkHeaders } from '../core/context.ts';
import { createdMoment, moment } from '../db/columns.ts';

/** `dead` was tried too often: it holds back what follows on it until somebody has it tried again, or skipped. */
export type OutboxStatus = 'pending' | 'leased' | 'done' | 'dead' | 'skipped';

/** An event that was stored with the change that it tells of, and is on its way or was delivered. */
@Entity('outbox')
@Unique('outbox_aggregate_sequence', ['aggregateType', 'aggregateId', 'sequence'])
@Index('outbox_open', ['position'], { where: `status IN ('pending', 'leased')` })
@Index('outbox_unsettled', ['aggregateType', 'aggregateId', 'sequence'], {
  where: `status IN ('pending', 'leased', 'dead')`,
})
@Index('outbox_dead', ['createdAt', 'id'], { where: `status = 'dead'` })
@Index('outbox_settled_at', ['settledAt'], { where: `status IN ('done', 'skipped')` })
export class OutboxEvent {
  /** Tells which came first of those that nothing else sorts; never read as "all before this have been seen". */
  @PrimaryGeneratedColumn({ name: 'id', type: 'bigint' })
  position!: string;

  @Column('uuid', { name: 'event_id', unique: true })
  id!: string;

  @Column('text', { name: 'aggregate_type' })
  aggregateType!: string;

  @Column('text', { name: 'aggregate_id' })
  aggregateId!: string;

  @Column('integer')
  sequence!: number;

  @Column('text')
  type!: string;

  @Column('integer', { name: 'schema_version' })
  schemaVersion!: number;

  @Column('jsonb')
  payload!: unknown;

  @Column('jsonb')
  headers!: WorkHeaders;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column('text', { default: 'pending' })
  status!: OutboxStatus;

  /** When to try next. */
  @Column({ name: 'available_at', ...createdMoment })
  availableAt!: Date;

  /** Until then the holder of the token delivers it; past that, it has died. */
  @Column({ name: 'lease_until', ...moment, nullable: true })
  leaseUntil!: Date | null;

  @Column('uuid', { name: 'lease_token', nullable: true })
  leaseToken!: string | null;

  /** How often it was taken up; counted before it is delivered, so that what kills the process is counted too. */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ name: 'settled_at', ...moment, nullable: true })
  settledAt!: Date | null;
}

/** How many events an aggregate has had. Its row is what makes two who publish for one aggregate take turns. */
@Entity('outbox_sequences')
export class OutboxSequence {
  @PrimaryColumn('text', { name: 'aggregate_type' })
  aggregateType!: string;

  @PrimaryColumn('text', { name: 'aggregate_id' })
  aggregateId!: string;

  @Column('integer')
  last!: number;
}
