import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { createdMoment, languageColumn, moment } from '../../db/columns.ts';
import type { Language } from '../../core/languages.ts';

/** An uploaded file of products and its progress. */
@Entity('product_imports')
export class ProductImport {
  @PrimaryColumn('uuid')
  id!: string;

  /** The job that runs the import. Null until the upload is complete. */
  @Column('uuid', { name: 'job_id', nullable: true })
  jobId!: string | null;

  @Index('product_imports_created_by')
  @ForeignKey('User', { onDelete: 'SET NULL' })
  @Column('uuid', { name: 'created_by', nullable: true })
  createdBy!: string | null;

  /** The language of its error messages. */
  @Column({ ...languageColumn, nullable: true })
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
