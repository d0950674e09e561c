import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { WorkHeaders } from '../core/context.ts';
import type { JobStatus } from './jobs.ts';
import { createdMoment, moment } from '../db/columns.ts';

/** A background job: waiting, running or finished. */
@Entity('jobs')
@Index('jobs_unique_key', ['name', 'uniqueKey'], {
  unique: true,
  where: `status IN ('waiting', 'running') AND unique_key IS NOT NULL`,
})
@Index('jobs_waiting', ['name', 'priority', 'availableAt', 'id'], { where: `status = 'waiting'` })
@Index('jobs_running', ['leaseUntil'], { where: `status = 'running'` })
@Index('jobs_dead', ['id'], { where: `status = 'dead'` })
@Index('jobs_created_at', ['createdAt', 'id'])
@Index('jobs_name_created_at_id', ['name', 'createdAt', 'id'])
@Index('jobs_finished_at', ['finishedAt'], { where: `status IN ('done', 'dead')` })
export class Job {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('jsonb')
  payload!: unknown;

  @Column('jsonb')
  headers!: WorkHeaders;

  @Column('text', { default: 'waiting' })
  status!: JobStatus;

  /** Priority. Jobs with lower values run first. */
  @Column('integer', { default: 0 })
  priority!: number;

  @Column('text', { name: 'unique_key', nullable: true })
  uniqueKey!: string | null;

  /** Time of the next attempt. */
  @Column({ name: 'available_at', ...createdMoment })
  availableAt!: Date;

  /** The end of the lease. After this time, the process that claimed the job is presumed dead. */
  @Column({ name: 'lease_until', ...moment, nullable: true })
  leaseUntil!: Date | null;

  @Column('uuid', { name: 'lease_token', nullable: true })
  leaseToken!: string | null;

  /**
   * How often the job was claimed. Counted before the handler runs, so that an attempt that crashes the process counts
   * too.
   */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** Progress in percent, from 0 to 100. */
  @Column('integer', { default: 0 })
  progress!: number;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'finished_at', ...moment, nullable: true })
  finishedAt!: Date | null;
}
