import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, moment } from '../../db/columns.ts';
import type { Language } from '../../core/languages.ts';

/** A file of products that somebody has sent, and how far it has been carried out. */
@Entity('product_imports')
export class ProductImport {
  @PrimaryColumn('uuid')
  id!: string;

  /** Empty until the file has arrived as a whole. */
  @Column('uuid', { name: 'job_id', nullable: true })
  jobId!: string | null;

  @Index('product_imports_created_by')
  @ForeignKey('User', { onDelete: 'SET NULL' })
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  /** What its errors are told in. */
  @Column('text', { nullable: true })
  language!: Language | null;

  @Column('integer', { default: 0 })
  lines!: number;

  @Column('integer', { default: 0 })
  imported!: number;

  @Column('integer', { default: 0 })
  failed!: number;

  @Index('product_imports_created_at')
  @Column({ name: 'created_at', ...createdMoment })
  createdAt!: Date;

  @Column({ name: 'finished_at', ...moment, nullable: true })
  finishedAt!: Date | null;
}
