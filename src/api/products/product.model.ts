import { Check, Column, DeleteDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigNumber, createdMoment, moment } from '../../db/columns.ts';

const notDeleted = '"deleted_at" IS NULL';

/** A product. Deletion is soft, because order lines reference the row. */
@Entity('products')
@Index('products_created_at_id', ['createdAt', 'id'], { where: notDeleted })
@Index('products_name_id', ['name', 'id'], { where: notDeleted })
@Index('products_price_minor_id', ['priceMinor', 'id'], { where: notDeleted })
@Index('products_in_stock_created_at_id', ['createdAt', 'id'], { where: `${notDeleted} AND "stock" > 0` })
@Index('products_sold_out_created_at_id', ['createdAt', 'id'], { where: `${notDeleted} AND "stock" = 0` })
@Check('products_stock_not_negative', '"stock" >= 0')
export class Product {
  @PrimaryColumn('uuid')
  id!: string;

  /** The SKU is unique among the products that are not deleted. */
  @Index('products_sku_unique', { unique: true, where: notDeleted })
  @Column('text')
  sku!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column({ name: 'price_minor', ...bigNumber })
  priceMinor!: number;

  @Column('text')
  currency!: string;

  @Column('integer')
  stock!: number;

  /** The text that `q` searches. PostgreSQL generates the text, and no query selects it. */
  @Index('products_search', { type: 'gin' })
  @Column({
    type: 'tsvector',
    select: false,
    insert: false,
    update: false,
    nullable: true,
    generatedType: 'STORED',
    asExpression: `setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', sku), 'A') || setweight(to_tsvector('english', description), 'B') || to_tsvector('simple', name) || to_tsvector('simple', sku)`,
  })
  search?: string;

  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;

  @DeleteDateColumn({ name: 'deleted_at', ...moment, nullable: true })
  deletedAt!: Date | null;
}
