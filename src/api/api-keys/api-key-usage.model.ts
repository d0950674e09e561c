import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';

/**
 * Counts the uses of a key in one minute or day. The window starts with the first use. The table has no foreign key to
 * the keys. If a request is counted while its key is deleted, the row stays until the purge.
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
