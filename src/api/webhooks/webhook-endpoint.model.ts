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

/** An address at which somebody wants to hear of events. */
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

  /** Types of events, such as `order.paid`. */
  @Column('text', { array: true })
  events!: string[];

  @Column('boolean', { name: 'is_enabled' })
  isEnabled!: boolean;

  /** Why it is disabled, where its owner did not do it. */
  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason!: DisabledReason | null;

  /** The first failed attempt since the last that did not fail. */
  @Column({ name: 'failing_since', ...moment, nullable: true })
  failingSince!: Date | null;

  /** Encrypted; only the repositories read it. */
  @Column('text')
  secret!: string;

  /** As `secret`; signs as well until `previousExpiresAt`. */
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
