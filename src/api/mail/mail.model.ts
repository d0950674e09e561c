import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';

/** A mail that has not left yet. */
@Entity('mails')
export class QueuedMail {
  @PrimaryColumn('uuid')
  id!: string;

  /** Address, subject and body as encrypted JSON, because links in mails open accounts. */
  @Column('text')
  content!: string;

  /** How often it was taken up for delivery. */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Index('mails_created_at')
  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  /** When to try next. */
  @Column({ name: 'available_at', ...createdMoment })
  availableAt!: Date;

  /** Until then some process is delivering it; past that, it died. */
  @Column({ name: 'lease_until', ...moment, nullable: true })
  leaseUntil!: Date | null;

  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
