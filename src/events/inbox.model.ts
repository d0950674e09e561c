import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../db/columns.ts';

/**
 * Marks an event as processed by a consumer. The mark is stored together with the consumer's changes, so that they are
 * made only once.
 */
@Entity('inbox')
export class InboxRecord {
  @PrimaryColumn('text')
  consumer!: string;

  @PrimaryColumn('uuid', { name: 'event_id' })
  eventId!: string;

  @Index('inbox_processed_at')
  @Column({ name: 'processed_at', ...createdMoment })
  processedAt!: Date;
}
