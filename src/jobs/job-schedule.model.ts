import { Column, Entity, PrimaryColumn } from 'typeorm';
import { moment } from '../db/columns.ts';

/** When a job that runs by itself is due next. Its row is what makes several processes take turns. */
@Entity('job_schedules')
export class JobSchedule {
  @PrimaryColumn('text')
  name!: string;

  /** What `nextAt` follows from: a process that knows another one leaves the row alone. */
  @Column('text')
  cron!: string;

  @Column({ name: 'next_at', ...moment })
  nextAt!: Date;
}
