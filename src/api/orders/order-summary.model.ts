import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigNumber, moment } from '../../db/columns.ts';
import type { OrderStatus, PaymentStep } from './order.validation.ts';

/**
 * What a list of orders shows, in one row: a copy for reading, made from orders, their lines and their payment. Several
 * generations stand side by side while one is built anew and the one before is read.
 */
@Entity('order_summaries')
@Index('order_summaries_placed_at', ['generation', 'placedAt', 'id'])
@Index('order_summaries_total_minor', ['generation', 'totalMinor', 'id'])
@Index('order_summaries_customer', ['generation', 'customerId', 'placedAt', 'id'])
@Index('order_summaries_payment', ['generation', 'payment', 'placedAt', 'id'])
@Index('order_summaries_status', ['generation', 'status', 'placedAt', 'id'])
export class OrderSummary {
  @PrimaryColumn('integer')
  generation!: number;

  /** That of the order. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'customer_id' })
  customerId!: string;

  @Column('text')
  status!: OrderStatus;

  @Column('text', { nullable: true })
  payment!: PaymentStep | null;

  @Column('text')
  currency!: string;

  @Column({ name: 'total_minor', ...bigNumber })
  totalMinor!: number;

  @Column('integer')
  lines!: number;

  @Column('integer')
  pieces!: number;

  @Column({ name: 'placed_at', ...moment })
  placedAt!: Date;

  @Column({ name: 'updated_at', ...moment })
  updatedAt!: Date;

  /** Grows with every change of what it is made from: an older picture must not replace a newer one. */
  @Column('integer')
  version!: number;
}

/** Which generation of a read model is read, and which is being built, if any. */
@Entity('projections')
export class Projection {
  @PrimaryColumn('text')
  name!: string;

  @Column('integer', { name: 'live_generation', default: 1 })
  liveGeneration!: number;

  @Column('integer', { name: 'next_generation', nullable: true })
  nextGeneration!: number | null;
}
