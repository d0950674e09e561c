import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { WorkHeaders } from '../core/context.ts';
import { createdMoment, moment } from '../db/columns.ts';

/**
 * `dead` means that delivery failed too often. Later events of the aggregate wait until this one is redriven or
 * skipped.
 */
export type OutboxStatus = 'pending' | 'leased' | 'done' | 'dead' | 'skipped';

/** An event waiting for delivery, or delivered. */
@Entity('outbox')
@Unique('outbox_aggregate_sequence', ['aggregateType', 'aggregateId', 'sequence'])
@Index('outbox_open', ['position'], { where: `status IN ('pending', 'leased')` })
@Index('outbox_unsettled', ['aggregateType', 'aggregateId', 'sequence'], {
  where: `status IN ('pending', 'leased', 'dead')`,
})
@Index('outbox_dead', ['createdAt', 'id'], { where: `status = 'dead'` })
@Index('outbox_settled_at', ['settledAt'], { where: `status IN ('done', 'skipped')` })
export class OutboxEvent {
  /**
   * A number only for sorting. A higher id does not prove that all events with lower ids are visible, because
   * transactions commit in any order.
   */
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

  /** Time of the next attempt. */
  @Column({ name: 'available_at', ...createdMoment })
  availableAt!: Date;

  /** The end of the lease. After this time, the process that claimed the event is presumed dead. */
  @Column({ name: 'lease_until', ...moment, nullable: true })
  leaseUntil!: Date | null;

  @Column('uuid', { name: 'lease_token', nullable: true })
  leaseToken!: string | null;

  /**
   * How often the event was claimed. Counted before the delivery, so that an attempt that crashes the process counts
   * too.
   */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ name: 'settled_at', ...moment, nullable: true })
  settledAt!: Date | null;
}

/**
 * Number of events of an aggregate so far. Publishers lock this row, so that they number their events one after
 * another.
 */
@Entity('outbox_sequences')
export class OutboxSequence {
  @PrimaryColumn('text', { name: 'aggregate_type' })
  aggregateType!: string;

  @PrimaryColumn('text', { name: 'aggregate_id' })
  aggregateId!: string;

  @Column('integer')
  last!: number;
}
