import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { FileLine } from './product-file.ts';

/** Some lines of a file that have not been carried out yet. */
@Entity('product_import_chunks')
export class ImportChunk {
  @ForeignKey('ProductImport', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'import_id' })
  importId!: string;

  /** From 0, in the order of the file. */
  @PrimaryColumn('integer')
  number!: number;

  @Column('jsonb')
  lines!: FileLine[];
}
