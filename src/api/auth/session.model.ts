import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';

export type RevokeReason = 'logout' | 'reuse' | 'limit' | 'password';

/** One sign-in on one device: the family of all refresh tokens that followed from it, in one row. */
@Entity('sessions')
@Index('sessions_user_id', ['userId', 'createdAt'])
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** Random; keyed into every token of the session, so that the key alone makes none. */
  @Column('text')
  salt!: string;

  /** Which of the configured keys makes the session's tokens. */
  @Column('text', { name: 'key_id' })
  keyId!: string;

  /** Which token is the current one; rises by one with each refresh. */
  @Column('integer', { default: 1 })
  generation!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'rotated_at', ...createdMoment })
  rotatedAt!: Date;

  /** When the password was last shown. */
  @Column({ name: 'auth_time', ...createdMoment })
  authTime!: Date;

  /** Whether a second factor was shown at sign-in. */
  @Column('boolean', { name: 'has_mfa', default: false })
  hasMfa!: boolean;

  @Column({ name: 'last_used_at', ...createdMoment })
  lastUsedAt!: Date;

  @Column({ name: 'idle_expires_at', ...moment })
  idleExpiresAt!: Date;

  @Index('sessions_absolute_expires_at')
  @Column({ name: 'absolute_expires_at', ...moment })
  absoluteExpiresAt!: Date;

  @Column({ name: 'revoked_at', ...moment, nullable: true })
  revokedAt!: Date | null;

  @Column('text', { name: 'revoke_reason', nullable: true })
  revokeReason!: RevokeReason | null;

  @Column('text')
  ip!: string;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent!: string | null;
}
