import Joi from 'joi';
import { listQuery, pageOf } from '../../core/pagination.ts';
import { integer, named, nullable, object, oneOf, timestamp, uuid, type Infer } from '../../core/schema.ts';
import { workStatuses } from '../../jobs/work-status.ts';

export const importParams = object({ id: uuid() });

export const listErrorsQuery = listQuery(['line'], 'line', {});
export type ListErrorsQuery = Infer<typeof listErrorsQuery>;

const count = () => integer(0, 2_147_483_647);

export const importView = named(
  'ProductImport',
  object({
    id: uuid(),
    status: oneOf(...workStatuses).description(
      'A failed import resumes where it stopped when its job is retried.',
    ),
    lines: count().description('The number of lines, without the header.'),
    imported: count(),
    failed: count().description('The number of lines with errors.'),
    progress: integer(0, 100).description('The progress of the import in percent.'),
    jobId: uuid(),
    createdBy: nullable(uuid()),
    createdAt: timestamp(),
    finishedAt: nullable(timestamp()),
  }),
);
export type ImportView = Infer<typeof importView>;

export const importErrorView = named(
  'ProductImportError',
  object({
    line: count().description('The line of the file on which the record starts. The header is line 1.'),
    field: nullable(Joi.string()).description('null if the error concerns the whole line.'),
    message: Joi.string(),
  }),
);
export type ImportErrorView = Infer<typeof importErrorView>;

export const importErrorPage = pageOf(importErrorView);
