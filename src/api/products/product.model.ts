import { Check, Column, DeleteDateColumn, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigNumber, createdMoment, moment } from '../../db/columns.ts';

const living = '"deleted_at" IS NULL';

/** Something that can be ordered. A deleted one keeps its row, for the rows that refer to it. */
@Entity('products')
@Index('products_created_at_id', ['createdAt', 'id'], { where: living })
@Index('products_name_id', ['name', 'id'], { where: living })
@Index('products_price_minor_id', ['priceMinor', 'id'], { where: living })
@Index('products_in_stock_created_at_id', ['createdAt', 'id'], { where: `${living} AND "stock" > 0` })
@Index('products_sold_out_created_at_id', ['createdAt', 'id'], { where: `${living} AND "stock" = 0` })
@Check('products_stock_not_negative', '"stock" >= 0')
export class Product {
  @PrimaryColumn('uuid')
  id!: string;

  /** Free again once the product that had it is deleted. */
  @Index('products_sku_unique', { unique: true, where: living })
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

  /** What `q` searches; PostgreSQL keeps it, and nothing reads it out. */
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
