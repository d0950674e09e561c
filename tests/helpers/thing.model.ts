import { Column, Entity, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../src/db/columns.ts';

/** A resource for tests of the kernel, independent of the product's modules. */
@Entity('things')
export class Thing {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { unique: true })
  sku!: string;

  @Column('text')
  name!: string;

  @Column('integer', { name: 'price_minor' })
  priceMinor!: number;

  @Column('text')
  currency!: string;

  @Column('integer', { default: 0 })
  stock!: number;

  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}

/** A user's loan of things. */
@Entity('loans')
export class Loan {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;
}

export const createThingsSql = `CREATE TABLE IF NOT EXISTS things (
  id uuid PRIMARY KEY, sku text NOT NULL CONSTRAINT things_sku UNIQUE, name text NOT NULL, price_minor integer NOT NULL,
  currency text NOT NULL, stock integer NOT NULL DEFAULT 0, version integer NOT NULL DEFAULT 1, created_at timestamptz(3) NOT NULL DEFAULT now());
CREATE TABLE IF NOT EXISTS loans (id uuid PRIMARY KEY, owner_id uuid NOT NULL)`;
