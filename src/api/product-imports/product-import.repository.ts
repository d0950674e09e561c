import type { Page } from '../../core/pagination.ts';
import { readAllWhere } from '../../db/batches.ts';
import type { Database } from '../../db/database.ts';
import { listPage, type SortColumns } from '../../db/listing.ts';
import { ImportChunk } from './import-chunk.model.ts';
import { ImportError } from './import-error.model.ts';
import { ProductImport } from './product-import.model.ts';
import type { ListErrorsQuery } from './product-import.validation.ts';

const sortColumns: SortColumns = { line: { property: 'line', kind: 'number' } };
// SQL that is true if an import has expired. Incomplete uploads expire after an hour, and complete uploads after 30
// days.
const isExpired =
  "created_at < now() - CASE WHEN job_id IS NULL THEN interval '1 hour' ELSE interval '30 days' END";

/** The numbers of imported and failed lines. */
export interface LineCounts {
  readonly imported: number;
  readonly failed: number;
}

/** Queries on `product_imports` and its chunks and errors. */
export class ProductImportRepository {
  constructor(private readonly db: Database) {}

  findById(id: string): Promise<ProductImport | null> {
    return this.db.findOne(ProductImport, { id });
  }

  /** Locks the import until the transaction ends. */
  lockById(id: string): Promise<ProductImport | null> {
    return this.db.repository(ProductImport).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  readAllOf(userId: string): AsyncGenerator<ProductImport> {
    return readAllWhere(this.db.repository(ProductImport), { createdBy: userId });
  }

  listErrors(query: ListErrorsQuery, importId: string): Promise<Page<ImportError>> {
    const errors = this.db
      .repository(ImportError)
      .createQueryBuilder('error')
      .where('error.importId = :importId', { importId });
    return listPage(errors, query, sortColumns);
  }

  async insert(row: ProductImport): Promise<void> {
    await this.db.repository(ProductImport).insert(row);
  }

  async update(id: string, changes: Partial<ProductImport>): Promise<void> {
    await this.db.repository(ProductImport).update({ id }, changes);
  }

  async insertChunk(chunk: ImportChunk): Promise<void> {
    await this.db.repository(ImportChunk).insert(chunk);
  }

  /** Returns the first chunk that is not imported yet. */
  findNextChunk(importId: string): Promise<ImportChunk | null> {
    return this.db.repository(ImportChunk).findOne({ where: { importId }, order: { number: 'ASC' } });
  }

  /** Stores the errors and counts of an imported chunk and deletes the chunk. */
  async finishChunk(
    { importId, number }: ImportChunk,
    { imported, failed }: LineCounts,
    errors: readonly ImportError[],
  ): Promise<void> {
    await this.db.repository(ImportError).insert([...errors]);
    await this.db.query(
      'UPDATE product_imports SET imported = imported + $2, failed = failed + $3 WHERE id = $1',
      [importId, imported, failed],
    );
    await this.db.repository(ImportChunk).delete({ importId, number });
  }

  async anonymizeUser(userId: string): Promise<void> {
    await this.db.repository(ProductImport).update({ createdBy: userId }, { createdBy: null });
  }

  /** Deletes up to `limit` rows of expired imports, errors first, and returns the number deleted. */
  async purge(limit: number): Promise<number> {
    const errors = await this.db.purge(
      'product_import_errors',
      `import_id IN (SELECT id FROM product_imports WHERE ${isExpired})`,
      limit,
    );
    return errors === limit
      ? limit
      : errors + (await this.db.purge('product_imports', isExpired, limit - errors));
  }
}
