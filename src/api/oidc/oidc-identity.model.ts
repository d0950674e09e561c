import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';

/** An identity at a provider, linked to a user. */
@Entity('oidc_identities')
export class OidcIdentity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'oidc_identities_pkey' })
  issuer!: string;

  /** The permanent id of the person at the issuer. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'oidc_identities_pkey' })
  subject!: string;

  @Index('oidc_identities_user_id')
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** The name of the provider in OIDC_PROVIDERS at the time of linking. */
  @Column('text')
  provider!: string;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'last_used_at', ...createdMoment })
  lastUsedAt!: Date;
}
