import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moment } from '../db/columns.ts';

/** Next run of a scheduled job. Schedulers lock its row to take turns. */
@Entity('job_schedules')
export class JobSchedule {
  @PrimaryColumn('text')
  name!: string;

  /** Schedule that `nextAt` was computed from; a process with another schedule leaves the row alone. */
  @Column('text')
  cron!: string;

  @Column({ name: 'next_at', ...moment })
  nextAt!: Date;
}
