import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EncryptedColumn } from '../../db/encryption.ts';
import { bigNumber, createdMoment } from '../../db/columns.ts';
import type { OrderStatus, ShippingAddress } from './order.validation.ts';

export const shippingAddressColumn: EncryptedColumn = {
  table: 'orders',
  idColumn: 'id',
  column: 'shipping_address',
};

/** An order as stored, with the prices at the time it was placed. */
@Entity('orders')
@Index('orders_customer_id_created_at_id', ['customerId', 'createdAt', 'id'])
@Index('orders_customer_id_total_minor_id', ['customerId', 'totalMinor', 'id'])
@Index('orders_created_at_id', ['createdAt', 'id'])
@Index('orders_total_minor_id', ['totalMinor', 'id'])
@Index('orders_status_created_at_id', ['status', 'createdAt', 'id'])
export class OrderRow {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('User')
  @Column('uuid', { name: 'customer_id' })
  customerId!: string;

  @Column('text')
  status!: OrderStatus;

  @Column('text')
  currency!: string;

  @Column({ name: 'total_minor', ...bigNumber })
  totalMinor!: number;

  /** The encrypted address. Only the repository reads this column. */
  @Column('text', { name: 'shipping_address', nullable: true })
  shippingAddress!: string | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}

/** An order with its address decrypted. */
export type Order = Omit<OrderRow, 'shippingAddress'> & { shippingAddress: ShippingAddress | null };
