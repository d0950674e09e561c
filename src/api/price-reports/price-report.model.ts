import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';
import type { CurrencyStatistics } from './price-statistics.ts';

/** A price report. `currencies` is null until the report is computed. */
@Entity('price_reports')
export class PriceReport {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'job_id' })
  jobId!: string;

  @Column('jsonb', { nullable: true })
  currencies!: CurrencyStatistics[] | null;

  @Index('price_reports_created_at')
  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'finished_at', ...moment, nullable: true })
  finishedAt!: Date | null;
}
