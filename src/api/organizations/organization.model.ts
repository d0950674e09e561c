import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';

/** People who work together, and what is theirs together. */
@Entity('organizations')
@Index('organizations_created_at_id', ['createdAt', 'id'])
@Index('organizations_name_id', ['name', 'id'])
export class Organization {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Rises with each change of the organization and of who is what in it. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...createdMoment })
  updatedAt!: Date;
}
