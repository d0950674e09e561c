import { Column, DeleteDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** The products of the service, as a typical TypeORM entity. */
@Entity('products')
export class Product {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  sku!: string;

  @Column('text')
  name!: string;

  @Column('text')
  description!: string;

  @Column({
    name: 'price_minor',
    type: 'bigint',
    transformer: { to: (value: number) => value, from: (value: string) => Number(value) },
  })
  priceMinor!: number;

  @Column('text')
  currency!: string;

  @Column('integer')
  stock!: number;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt!: Date;

  @Column('integer')
  version!: number;

  // Not part of a response. Because of this column, TypeORM adds `deleted_at IS NULL` to every query.
  @DeleteDateColumn({ name: 'deleted_at', type: 'timestamptz', nullable: true, select: false })
  deletedAt?: Date | null;
}
