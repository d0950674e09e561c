import { workStatusOf } from '../../jobs/work-status.ts';
import type { ImportError } from './import-error.model.ts';
import type { ProductImport } from './product-import.model.ts';
import type { FoundImport } from './product-import.service.ts';
import type { ImportErrorView, ImportView } from './product-import.validation.ts';

export function toImportView({ found, jobId, job }: FoundImport): ImportView {
  const { id, lines, imported, failed, createdBy, createdAt, finishedAt } = found;
  return {
    id,
    status: workStatusOf(finishedAt, job),
    lines,
    imported,
    failed,
    progress: lines === 0 ? 100 : Math.floor(((imported + failed) / lines) * 100),
    jobId,
    createdBy,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}

export const toImportErrorView = ({ line, field, message }: ImportError): ImportErrorView => ({
  line,
  field,
  message,
});

/** The import in the personal data export of its uploader. */
export const toOwnImport = ({ id, lines, language, createdAt }: ProductImport) => ({
  id,
  lines,
  language,
  createdAt: createdAt.toISOString(),
});
