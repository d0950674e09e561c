import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';

/** A queued mail. */
@Entity('mails')
export class QueuedMail {
  @PrimaryColumn('uuid')
  id!: string;

  /** Address, subject and body as encrypted JSON, because links in mails grant access to accounts. */
  @Column('text')
  content!: string;

  /** Number of claims. */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Index('mails_created_at')
  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  /** Time of the next attempt. */
  @Column({ name: 'available_at', ...createdMoment })
  availableAt!: Date;

  /** The end of the lease. After this time, the process that claimed the mail is presumed dead. */
  @Column({ name: 'lease_until', ...moment, nullable: true })
  leaseUntil!: Date | null;

  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
