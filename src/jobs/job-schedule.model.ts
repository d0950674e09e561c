import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moment } from '../db/columns.ts';

/** Next run of a scheduled job. Schedulers lock this row, so that only one of them enqueues a run. */
@Entity('job_schedules')
export class JobSchedule {
  @PrimaryColumn('text')
  name!: string;

  /**
   * The cron schedule that `nextAt` was computed from. During a deployment, a process with another schedule ignores the
   * row.
   */
  @Column('text')
  cron!: string;

  @Column({ name: 'next_at', ...moment })
  nextAt!: Date;
}
