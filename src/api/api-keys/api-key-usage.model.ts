import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';

/**
 * How often a key was used in the minute and the day that began with its first use. No foreign key: a request that
 * counts while its key is removed leaves a row that says nothing, and the purge takes it.
 */
@Entity('api_key_usage')
export class ApiKeyUsage {
  @PrimaryColumn('uuid', { name: 'key_id' })
  keyId!: string;

  @PrimaryColumn('text')
  period!: 'minute' | 'day';

  @Index('api_key_usage_window_started_at')
  @Column({ name: 'window_started_at', ...createdMoment })
  windowStartedAt!: Date;

  @Column('integer')
  count!: number;
}
