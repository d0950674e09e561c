import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EncryptedColumn } from '../../db/encryption.ts';
import { createdMoment, moment } from '../../db/columns.ts';
import type { DisabledReason } from './webhook.validation.ts';

export const secretColumn: EncryptedColumn = {
  table: 'webhook_endpoints',
  idColumn: 'id',
  column: 'secret',
};

export const previousSecretColumn: EncryptedColumn = { ...secretColumn, column: 'previous_secret' };

/** A URL that receives events of a user. */
@Entity('webhook_endpoints')
@Index('webhook_endpoints_user_id_created_at_id', ['userId', 'createdAt', 'id'])
export class WebhookEndpoint {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text')
  url!: string;

  @Column('text')
  description!: string;

  /** Event types, such as `order.paid`. */
  @Column('text', { array: true })
  events!: string[];

  @Column('boolean', { name: 'is_enabled' })
  isEnabled!: boolean;

  /** The reason why the service disabled the endpoint. Null if the endpoint is enabled or its owner disabled it. */
  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason!: DisabledReason | null;

  /** The time of the first failed attempt since the last success. */
  @Column({ name: 'failing_since', ...moment, nullable: true })
  failingSince!: Date | null;

  /** The encrypted secret. Only the repositories read this column. */
  @Column('text')
  secret!: string;

  /** The previous secret, encrypted. It also signs messages until `previousExpiresAt`. */
  @Column('text', { name: 'previous_secret', nullable: true })
  previousSecret!: string | null;

  @Column({ name: 'previous_expires_at', ...moment, nullable: true })
  previousExpiresAt!: Date | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
