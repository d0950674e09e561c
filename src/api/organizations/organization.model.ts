import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';

/** A group of users who share data and API keys (a tenant). */
@Entity('organizations')
@Index('organizations_created_at_id', ['createdAt', 'id'])
@Index('organizations_name_id', ['name', 'id'])
export class Organization {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Incremented by each change of the organization or of its members. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
