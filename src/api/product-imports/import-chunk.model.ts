import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { FileLine } from './product-file.ts';

/** Lines of a file that are not imported yet. */
@Entity('product_import_chunks')
export class ImportChunk {
  @ForeignKey('ProductImport', { onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'import_id' })
  importId!: string;

  /** The position of the chunk in the file, starting at zero. */
  @PrimaryColumn('integer')
  number!: number;

  @Column('jsonb')
  lines!: FileLine[];
}
