import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment } from '../../db/columns.ts';
import type { MemberRole } from './organization.policy.ts';

/** The membership of a user in an organization, with a role. */
@Entity('memberships')
@Index('memberships_organization_id_user_id', ['organizationId', 'userId'], { unique: true })
@Index('memberships_organization_id_created_at_id', ['organizationId', 'createdAt', 'id'])
export class Membership {
  /** Used as the tie-breaker in pagination. */
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('Organization', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'organization_id' })
  organizationId!: string;

  @Index('memberships_user_id')
  @ForeignKey('User', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('text')
  role!: MemberRole;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;
}
