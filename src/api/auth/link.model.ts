import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';

export type LinkPurpose = 'verify-email' | 'reset-password' | 'change-email';

/** A one-time link in a mail. Each user has at most one for each purpose. */
@Entity('links')
export class Link {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('text')
  purpose!: LinkPurpose;

  /** SHA-256 of the token. The token has 256 random bits, so a slow hash is not needed. */
  @Index('links_token_hash', { unique: true })
  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  /** The address that the link was sent to and verifies. */
  @Column('text')
  email!: string;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Index('links_expires_at')
  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
