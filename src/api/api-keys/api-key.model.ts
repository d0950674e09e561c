import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';

/** An API key: authenticates a machine, which acts for one user with at most these scopes. */
@Entity('api_keys')
@Index('api_keys_user_id_created_at_id', ['userId', 'createdAt', 'id'])
@Index('api_keys_organization_id_created_at_id', ['organizationId', 'createdAt', 'id'])
export class ApiKey {
  @PrimaryColumn('uuid')
  id!: string;

  /** The public part of the key, used to look it up. */
  @Index('api_keys_prefix_unique', { unique: true })
  @Column('text')
  prefix!: string;

  @Column('text')
  name!: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /**
   * The tenant that the key belongs to, if any. The column has no foreign key, because the module of tenants is
   * optional.
   */
  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId!: string | null;

  @Column('text', { array: true })
  scopes!: string[];

  /** Addresses and networks (CIDR), normalized. An empty list allows any address. */
  @Column('text', { name: 'allowed_addresses', array: true })
  allowedAddresses!: string[];

  @Column('integer', { name: 'quota_per_minute' })
  quotaPerMinute!: number;

  @Column('integer', { name: 'quota_per_day' })
  quotaPerDay!: number;

  /** True if the key was created in a session with a second factor. If so, the key has the rights of such a session. */
  @Column('boolean', { name: 'made_with_mfa' })
  madeWithMfa!: boolean;

  /** SHA-256 of the secret part, in hex. The secret has 32 random bytes, so a slow hash is not needed. */
  @Column('text', { name: 'secret_hash' })
  secretHash!: string;

  @Column('text', { name: 'previous_secret_hash', nullable: true })
  previousSecretHash!: string | null;

  /** The time at which the secret from before the last rotation expires or expired. */
  @Column({ name: 'previous_expires_at', ...moment, nullable: true })
  previousExpiresAt!: Date | null;

  /** The time at which the key expires. A revocation sets a later time to the time of the revocation. */
  @Index('api_keys_expires_at')
  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;

  @Column({ name: 'last_used_at', ...moment, nullable: true })
  lastUsedAt!: Date | null;

  @Column('text', { name: 'last_used_ip', nullable: true })
  lastUsedIp!: string | null;

  @Column({ name: 'revoked_at', ...moment, nullable: true })
  revokedAt!: Date | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
