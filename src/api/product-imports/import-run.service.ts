import type { JobRun } from '../../jobs/jobs.ts';
import type { Language } from '../../core/languages.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Catalogue } from '../products/index.ts';
import type { ImportChunk } from './import-chunk.model.ts';
import type { ImportPayload } from './product-import.jobs.ts';
import type { ProductImportRepository } from './product-import.repository.ts';
import { readProduct, skuOf } from './product-line.ts';

interface ImportRunServiceDeps {
  readonly imports: ProductImportRepository;
  readonly catalogue: Catalogue;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Imports the products of an uploaded file, one chunk per transaction. */
export class ImportRunService {
  constructor(private readonly deps: ImportRunServiceDeps) {}

  /** Imports the remaining chunks in order. A retry resumes after the last finished chunk. */
  async run(run: JobRun<ImportPayload>): Promise<void> {
    while (await this.#importNextChunk(run)) run.signal.throwIfAborted();
  }

  /**
   * Imports the next chunk in one transaction: stores its valid lines, the errors of its other lines and the progress.
   * Returns false if no chunk is left.
   */
  #importNextChunk(run: JobRun<ImportPayload>): Promise<boolean> {
    const { imports, catalogue, transaction, clock } = this.deps;
    const { importId } = run.payload;
    return transaction(async () => {
      const found = await imports.lockById(importId);
      if (found === null) return false;
      const chunk = await imports.findNextChunk(importId);
      if (chunk === null) {
        await imports.update(importId, { finishedAt: clock.now() });
        return false;
      }
      const existing = await catalogue.lock(chunk.lines.map(({ values }) => skuOf(values)));
      const { products, errors } = this.#validate(chunk, found.language, new Set(existing));
      await catalogue.store(products);
      const imported = products.length;
      await imports.finishChunk(chunk, { imported, failed: chunk.lines.length - imported }, errors);
      const done = found.imported + found.failed + chunk.lines.length;
      await run.progress((done / found.lines) * 100);
      return true;
    });
  }

  /** Validates the lines in order. A valid line adds its SKU to `existing` for the lines after it. */
  #validate({ importId, lines }: ImportChunk, language: Language | null, existing: Set<string>) {
    const results = lines.map(({ line, values }) => {
      const result = readProduct(values, { language, isExisting: existing.has(skuOf(values)) });
      if ('product' in result) existing.add(result.product.sku);
      return { line, ...result };
    });
    const products = results.flatMap((result) => ('product' in result ? [result.product] : []));
    const errors = results.flatMap((result) =>
      'issues' in result
        ? result.issues.map((issue) => ({
            id: this.deps.ids.next(),
            importId,
            line: result.line,
            ...issue,
          }))
        : [],
    );
    return { products, errors };
  }
}
