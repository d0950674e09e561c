import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EncryptedColumn } from '../../db/encryption.ts';
import { createdMoment, moment } from '../../db/columns.ts';
import type { DeliveryStatus } from './webhook.validation.ts';

export const bodyColumn: EncryptedColumn = {
  table: 'webhook_deliveries',
  idColumn: 'id',
  column: 'body',
};

/** The delivery of one event to one endpoint. */
@Entity('webhook_deliveries')
@Index('webhook_deliveries_endpoint_id_created_at_id', ['endpointId', 'createdAt', 'id'])
@Index('webhook_deliveries_endpoint_id_status_created_at_id', ['endpointId', 'status', 'createdAt', 'id'])
export class WebhookDelivery {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('WebhookEndpoint', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'endpoint_id' })
  endpointId!: string;

  /** The `webhook-id`, the same for all attempts and endpoints. */
  @Column('uuid', { name: 'event_id' })
  eventId!: string;

  @Column('text')
  type!: string;

  /** The encrypted request body, identical at each attempt. */
  @Column('text')
  body!: string;

  @Column('text')
  status!: DeliveryStatus;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** The status of the last response. Null if there was none. */
  @Column('integer', { name: 'response_status', nullable: true })
  responseStatus!: number | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ name: 'last_attempt_at', ...moment, nullable: true })
  lastAttemptAt!: Date | null;

  @Column({ name: 'next_attempt_at', ...moment, nullable: true })
  nextAttemptAt!: Date | null;

  @Index('webhook_deliveries_created_at')
  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}
