import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { bigNumber } from '../../db/columns.ts';

/** A line of an order, with the product's name and price at the time of the order. */
@Entity('order_items')
export class OrderItem {
  @ForeignKey('OrderRow', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'order_id' })
  orderId!: string;

  /** The position of the line in the request, starting at zero. */
  @PrimaryColumn('integer')
  position!: number;

  // The foreign key is checked at commit. The check locks the product, and no lock may come before the one for the
  // reservation of the stock.
  @Index('order_items_product_id')
  @ForeignKey('Product', { deferrable: 'INITIALLY DEFERRED' })
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
