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

/** Carries imports out. */
export class ImportRunService {
  constructor(private readonly deps: ImportRunServiceDeps) {}

  /** Carries out one chunk after the other; what an earlier attempt has finished is not there any more. */
  async run(run: JobRun<ImportPayload>): Promise<void> {
    while (await this.#importNextChunk(run)) run.signal.throwIfAborted();
  }

  /**
   * Stores the right lines of the next chunk, the errors of the others and the progress, all or nothing; false when
   * there was no chunk left. Ended at any point, the chunk is repeated as a whole, or not at all.
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
      const known = await catalogue.lock(chunk.lines.map(({ values }) => skuOf(values)));
      const { products, errors } = this.#judge(chunk, found.language, new Set(known));
      await catalogue.store(products);
      const imported = products.length;
      await imports.finishChunk(chunk, { imported, failed: chunk.lines.length - imported }, errors);
      const done = found.imported + found.failed + chunk.lines.length;
      await run.progress((done / found.lines) * 100);
      return true;
    });
  }

  /** A line makes its product known to those after it. */
  #judge({ importId, lines }: ImportChunk, language: Language | null, known: Set<string>) {
    const judged = lines.map(({ line, values }) => {
      const result = readProduct(values, { language, isKnown: known.has(skuOf(values)) });
      if ('product' in result) known.add(result.product.sku);
      return { line, ...result };
    });
    const products = judged.flatMap((result) => ('product' in result ? [result.product] : []));
    const errors = judged.flatMap((result) =>
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
