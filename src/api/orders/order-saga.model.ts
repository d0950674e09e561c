import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';
import type { PaymentStep } from './order.validation.ts';

/** The payment progress of an order: the current step and its deadline. */
@Entity('order_sagas')
@Index('order_sagas_deadline_at', ['deadlineAt'], { where: 'deadline_at IS NOT NULL' })
export class OrderSagaRow {
  @ForeignKey('OrderRow', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  step!: PaymentStep;

  /** The deadline of the step. Null if the step waits for no event. */
  @Column({ name: 'deadline_at', ...moment, nullable: true })
  deadlineAt!: Date | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
