import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EncryptedColumn } from '../../db/encryption.ts';
import { createdMoment, moment } from '../../db/columns.ts';

export const codeVerifierColumn: EncryptedColumn = {
  table: 'oidc_flows',
  idColumn: 'state_hash',
  column: 'code_verifier',
};

/** A pending flow, whose browser is at the provider. The return of the browser deletes the row. */
@Entity('oidc_flows')
export class OidcFlow {
  /** SHA-256 of the state. The state has 256 random bits, so a slow hash is not needed. */
  @PrimaryColumn('text', { name: 'state_hash' })
  stateHash!: string;

  @Column('text')
  provider!: string;

  @Column('text')
  nonce!: string;

  /** The encrypted verifier. Only the repository reads this column. */
  @Column('text', { name: 'code_verifier' })
  codeVerifier!: string;

  /** SHA-256 of the value of the browser's cookie. */
  @Column('text', { name: 'browser_hash' })
  browserHash!: string;

  /** The user who links an identity. Null for a sign-in. */
  @Index('oidc_flows_link_user_id')
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'link_user_id', nullable: true })
  linkUserId!: string | null;

  /**
   * The token version of that user when the flow started. If the version has changed since, the identity is not linked.
   */
  @Column('integer', { name: 'link_token_version', nullable: true })
  linkTokenVersion!: number | null;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Index('oidc_flows_expires_at')
  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
