import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';

export type LinkPurpose = 'verify-email' | 'reset-password' | 'change-email';

/** What a link in a mail may be used for, once. A new one takes the place of the old. */
@Entity('links')
export class Link {
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'user_id' })
  userId!: string;

  @PrimaryColumn('text')
  purpose!: LinkPurpose;

  /** SHA-256 of the token, which has 256 random bits and so needs no slower hash. */
  @Index('links_token_hash', { unique: true })
  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  /** The address that the link was sent to, and that it speaks for. */
  @Column('text')
  email!: string;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Index('links_expires_at')
  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
