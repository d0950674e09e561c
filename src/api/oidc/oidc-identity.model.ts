import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';

/** Whom a provider's identity lets in. */
@Entity('oidc_identities')
export class OidcIdentity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'oidc_identities_pkey' })
  issuer!: string;

  /** Names the person for the issuer, for good. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'oidc_identities_pkey' })
  subject!: string;

  @Index('oidc_identities_user_id')
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** What the issuer was called when it was linked. */
  @Column('text')
  provider!: string;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'last_used_at', ...createdMoment })
  lastUsedAt!: Date;
}
