import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';

export type RevokeReason = 'logout' | 'reuse' | 'limit' | 'password';

/** One sign-in on one device. The row represents the whole family of its refresh tokens. */
@Entity('sessions')
@Index('sessions_user_id', ['userId', 'createdAt'])
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** A random part of the MAC of each refresh token, so that the key alone is not enough to forge a token. */
  @Column('text')
  salt!: string;

  /** Id of the key that signs the session's refresh tokens. */
  @Column('text', { name: 'key_id' })
  keyId!: string;

  /** The generation of the current refresh token. Each refresh increments it. */
  @Column('integer', { default: 1 })
  generation!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'rotated_at', ...createdMoment })
  rotatedAt!: Date;

  /** The time at which the user last authenticated. Access tokens contain it as `auth_time`. */
  @Column({ name: 'auth_time', ...createdMoment })
  authTime!: Date;

  /** True if the user passed a second factor in this session. */
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
