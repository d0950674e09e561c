import { coreErrors } from '../../core/errors.ts';
import type { Jobs, JobState } from '../../jobs/jobs.ts';
import type { Language } from '../../core/languages.ts';
import type { Page } from '../../core/pagination.ts';
import type { Clock, Ids } from '../../core/ports.ts';
import type { Transaction } from '../../db/database.ts';
import type { Users } from '../users/index.ts';
import type { ImportError } from './import-error.model.ts';
import { readChunks } from './product-file.ts';
import { productImportErrors } from './product-import.errors.ts';
import { importProducts } from './product-import.jobs.ts';
import type { ProductImport } from './product-import.model.ts';
import type { ProductImportRepository } from './product-import.repository.ts';
import type { ListErrorsQuery } from './product-import.validation.ts';

// Limits the lines of a file, and so the number of stored errors. Each line may have several.
const maxLines = 100_000;

interface ProductImportServiceDeps {
  readonly imports: ProductImportRepository;
  readonly users: Users;
  readonly jobs: Jobs;
  readonly transaction: Transaction;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** An import and its job, or null if the job has been purged. */
export interface FoundImport {
  readonly found: ProductImport;
  readonly jobId: string;
  readonly job: JobState | null;
}

/** The user who uploads a file, and the language of the error messages. */
interface Uploader {
  readonly userId: string;
  readonly language: Language | null;
}

/** Receives files of products and reads the progress of imports. */
export class ProductImportService {
  constructor(private readonly deps: ProductImportServiceDeps) {}

  /**
   * Stores the chunks of an upload. Enqueues the import once the upload is complete. No transaction spans the upload,
   * because the client decides how long it takes. Incomplete uploads are purged. Throws `PAYLOAD_TOO_LARGE` and the
   * errors of `readChunks`.
   */
  async receive({ userId, language }: Uploader, file: AsyncIterable<Uint8Array>): Promise<FoundImport> {
    const { imports, jobs, transaction, ids } = this.deps;
    const id = ids.next();
    let lines = 0;
    let number = 0;
    await this.#insert({ id, userId, language });
    for await (const chunk of readChunks(file)) {
      if (lines + chunk.length > maxLines) throw coreErrors.tooLarge();
      await imports.insertChunk({ importId: id, number, lines: chunk });
      lines += chunk.length;
      number += 1;
    }
    await transaction(async () => {
      const jobId = await jobs.enqueue(importProducts, { importId: id });
      await imports.update(id, { jobId, lines });
    });
    return this.get(id);
  }

  /** Returns an import. Throws `PRODUCT_IMPORTS_NOT_FOUND`, even while the file is still arriving. */
  async get(id: string): Promise<FoundImport> {
    const found = await this.deps.imports.findById(id);
    if (found === null || found.jobId === null) throw productImportErrors.notFound();
    return { found, jobId: found.jobId, job: await this.deps.jobs.find(found.jobId) };
  }

  async listErrors(id: string, query: ListErrorsQuery): Promise<Page<ImportError>> {
    await this.get(id);
    return this.deps.imports.listErrors(query, id);
  }

  async #insert({ id, userId, language }: Uploader & Pick<ProductImport, 'id'>): Promise<void> {
    const { imports, users, transaction, clock } = this.deps;
    await transaction(async () => {
      if (!(await users.lockActive(userId))) throw coreErrors.unauthenticated();
      await imports.insert({
        id,
        jobId: null,
        createdBy: userId,
        language,
        lines: 0,
        imported: 0,
        failed: 0,
        createdAt: clock.now(),
        finishedAt: null,
      });
    });
  }
}
