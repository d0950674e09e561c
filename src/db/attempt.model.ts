import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from './columns.ts';

/** Counter of recent failed attempts, such as passwords for one account. */
@Entity('attempts')
export class Attempt {
  /** Account or address that the attempts target; an HMAC if it is a name that anyone can type in. */
  @PrimaryColumn('text')
  subject!: string;

  /** Separates the counters of one subject, such as one per known device. */
  @PrimaryColumn('text')
  kind!: string;

  @Column('integer')
  failures!: number;

  /** Number of locks so far; each is longer than the one before. */
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
