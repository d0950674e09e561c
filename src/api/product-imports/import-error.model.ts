import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An error in one line of a file. */
@Entity('product_import_errors')
@Index('product_import_errors_import_id_line_id', ['importId', 'line', 'id'])
export class ImportError {
  @PrimaryColumn('uuid')
  id!: string;

  @ForeignKey('ProductImport', { onDelete: 'CASCADE' })
  @Column('uuid', { name: 'import_id' })
  importId!: string;

  @Column('integer')
  line!: number;

  /** The column with the error. Null if the error concerns the whole line. */
  @Column('text', { nullable: true })
  field!: string | null;

  @Column('text')
  message!: string;
}
