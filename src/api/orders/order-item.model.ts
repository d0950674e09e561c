import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { bigNumber } from '../../db/columns.ts';

/** One line of an order: what the product was called and cost when it was bought. */
@Entity('order_items')
export class OrderItem {
  @ForeignKey('OrderRow', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  /** From 0, in the order of the request. */
  @PrimaryColumn('integer')
  position!: number;

  @Index('order_items_product_id')
  @ForeignKey('Product')
  @Column('uuid', { name: 'product_id' })
  productId!: string;

  @Column('text')
  sku!: string;

  @Column('text')
  name!: string;

  @Column('integer')
  quantity!: number;

  @Column({ name: 'unit_price_minor', ...bigNumber })
  unitPriceMinor!: number;
}
