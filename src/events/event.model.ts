import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { WorkHeaders } from '../core/context.ts';
import { createdMoment } from '../db/columns.ts';

/** An event of an aggregate. A database trigger refuses to change or delete the row. */
@Entity('events')
@Unique('events_aggregate_version', ['aggregateType', 'aggregateId', 'version'])
@Index('events_position', ['transactionId', 'globalId'])
export class EventRecord {
  @PrimaryGeneratedColumn({ name: 'global_id', type: 'bigint' })
  globalId!: string;

  /**
   * The transaction id (xid8) in a column type that TypeORM knows. Readers wait until no earlier transaction is open.
   */
  @Column('bigint', { name: 'transaction_id' })
  transactionId!: string;

  @Column('text', { name: 'aggregate_type' })
  aggregateType!: string;

  @Column('text', { name: 'aggregate_id' })
  aggregateId!: string;

  @Column('integer')
  version!: number;

  @Column('text')
  type!: string;

  @Column('integer', { name: 'schema_version' })
  schemaVersion!: number;

  @Column('jsonb')
  data!: unknown;

  @Column('jsonb')
  metadata!: WorkHeaders;

  @Column({ name: 'occurred_at', ...createdMoment })
  occurredAt!: Date;
}

/**
 * The state of an aggregate after some of its events. The table is only a cache, so rows can be deleted at any time.
 */
@Entity('snapshots')
export class Snapshot {
  @PrimaryColumn('text', { name: 'aggregate_type' })
  aggregateType!: string;

  @PrimaryColumn('text', { name: 'aggregate_id' })
  aggregateId!: string;

  @Column('integer')
  version!: number;

  @Column('integer', { name: 'schema_version' })
  schemaVersion!: number;

  @Column('jsonb')
  state!: unknown;
}
