import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from './columns.ts';

/** How often something was tried of late, such as a password for one account. */
@Entity('attempts')
export class Attempt {
  /** Who or what is tried; an HMAC where it is a name that strangers type in. */
  @PrimaryColumn('text')
  subject!: string;

  /** Keeps the counters of one subject apart, such as one for each known device. */
  @PrimaryColumn('text')
  kind!: string;

  @Column('integer')
  failures!: number;

  /** How many locks there have been; each is longer than the one before. */
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
