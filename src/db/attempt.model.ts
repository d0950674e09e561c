import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from './columns.ts';

/** Counts the recent failed attempts on a subject, such as failed passwords for one account. */
@Entity('attempts')
export class Attempt {
  /** The account or address that the attempts target. A name that anyone can type in is stored as an HMAC. */
  @PrimaryColumn('text')
  subject!: string;

  /** Separates several counters of one subject, such as one counter for each known device. */
  @PrimaryColumn('text')
  kind!: string;

  @Column('integer')
  failures!: number;

  /** Number of locks so far. Each lock lasts at least as long as the one before. */
  @Column('integer', { default: 0 })
  locks!: number;

  @Column({ name: 'window_started_at', ...createdMoment })
  windowStartedAt!: Date;

  @Column({ name: 'locked_until', ...moment, nullable: true })
  lockedUntil!: Date | null;

  @Index('attempts_updated_at')
  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
