import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';
import type { MemberRole } from './organization.policy.ts';

/**
 * A one-time invitation of an e-mail address to an organization. A new invitation replaces the previous one for the
 * same address and organization.
 */
@Entity('invitations')
@Index('invitations_organization_id_email', ['organizationId', 'email'], { unique: true })
@Index('invitations_organization_id_created_at_id', ['organizationId', 'createdAt', 'id'])
export class Invitation {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('Organization', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'organization_id' })
  organizationId!: string;

  /** The address in canonical form (see utils/email.ts). */
  @Index('invitations_email')
  @Column('text')
  email!: string;

  @Column('text')
  role!: MemberRole;

  /** SHA-256 of the token. The token has 256 random bits, so a slow hash is not needed. */
  @Index('invitations_token_hash', { unique: true })
  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  @Index('invitations_invited_by')
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'invited_by' })
  invitedBy!: string;

  @Index('invitations_expires_at')
  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}
