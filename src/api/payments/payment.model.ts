import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigNumber, createdMoment } from '../../db/columns.ts';
import type { PaymentStatus } from './payment.validation.ts';

/** The current state of a payment, derived from its events and updated with each of them. */
@Entity('payments')
@Index('payments_open', ['reference'], { where: '"is_open"' })
export class PaymentRow {
  @PrimaryColumn('text')
  reference!: string;

  @Column('text')
  status!: PaymentStatus;

  @Column({ name: 'amount_minor', ...bigNumber })
  amountMinor!: number;

  @Column({ name: 'refunded_minor', ...bigNumber })
  refundedMinor!: number;

  @Column('text')
  currency!: string;

  /** True while a step is pending. */
  @Column('boolean', { name: 'is_open' })
  isOpen!: boolean;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
