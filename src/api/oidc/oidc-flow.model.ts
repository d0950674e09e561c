import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EncryptedColumn } from '../../db/encryption.ts';
import { createdMoment, moment } from '../../db/columns.ts';

export const codeVerifierColumn: EncryptedColumn = {
  table: 'oidc_flows',
  idColumn: 'state_hash',
  column: 'code_verifier',
};

/** A sign-in whose browser is with the provider; gone once it comes back, whatever it brings. */
@Entity('oidc_flows')
export class OidcFlow {
  /** SHA-256 of the state, which has 256 random bits and so needs no slower hash. */
  @PrimaryColumn('text', { name: 'state_hash' })
  stateHash!: string;

  @Column('text')
  provider!: string;

  @Column('text')
  nonce!: string;

  /** Encrypted; only the repository reads it. */
  @Column('text', { name: 'code_verifier' })
  codeVerifier!: string;

  /** SHA-256 of what the browser's cookie says. */
  @Column('text', { name: 'browser_hash' })
  browserHash!: string;

  /** Who wants to link an identity; null for a sign-in. */
  @Index('oidc_flows_link_user_id')
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'link_user_id', nullable: true })
  linkUserId!: string | null;

  /** The version of that user's access when it was asked for: a link must not outlive what ends access. */
  @Column('integer', { name: 'link_token_version', nullable: true })
  linkTokenVersion!: number | null;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Index('oidc_flows_expires_at')
  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
