import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigNumber, moment } from '../../db/columns.ts';
import type { OrderStatus, PaymentStep } from './order.validation.ts';

/**
 * A row of the read model for lists of orders, built from the order, its lines and its payment. During a rebuild, rows
 * of several generations exist side by side. Readers use the live generation.
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

  /** The id of the order. */
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

  /**
   * The sum of the versions of the rows that the summary was built from. A summary replaces only one with a smaller
   * sum.
   */
  @Column('integer')
  version!: number;
}

/** The live generation of a read model, and the generation being built, if any. */
@Entity('projections')
export class Projection {
  @PrimaryColumn('text')
  name!: string;

  @Column('integer', { name: 'live_generation', default: 1 })
  liveGeneration!: number;

  @Column('integer', { name: 'next_generation', nullable: true })
  nextGeneration!: number | null;
}
