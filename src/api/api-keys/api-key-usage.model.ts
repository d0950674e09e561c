import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';

/**
 * A usage counter of a key, for a minute or a day. The window starts with the first use. There is no foreign key: if a
 * request is counted while its key is deleted, the purge removes the row.
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
