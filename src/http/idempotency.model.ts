import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../db/columns.ts';

/** The response to a request with an Idempotency-Key. */
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

  /** The body as text, because jsonb would reorder the keys and a replay must send the same bytes. */
  @Column('text')
  body!: string;

  @Index()
  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}
