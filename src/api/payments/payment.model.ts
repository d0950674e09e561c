import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigNumber, createdMoment } from '../../db/columns.ts';
import type { PaymentStatus } from './payment.validation.ts';

/** How a payment stands: what its events say, kept with each of them so that it can be asked for. */
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

  /** Whether something is yet to happen to it. */
  @Column('boolean', { name: 'is_open' })
  isOpen!: boolean;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
