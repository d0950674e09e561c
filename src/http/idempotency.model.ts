import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../db/columns.ts';

/** The answer to a request that carried an Idempotency-Key, stored with its effect. */
@Entity('idempotency_records')
export class IdempotencyRecord {
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('text')
  operation!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('text')
  fingerprint!: string;

  @Column('integer')
  status!: number;

  @Column('jsonb')
  headers!: Record<string, string>;

  /** Text and not jsonb, which would reorder the keys: a replay is the same byte by byte. */
  @Column('text')
  body!: string;

  @Index()
  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}
