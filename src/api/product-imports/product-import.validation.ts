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
      'A failed one goes on where it stopped once its job is tried again.',
    ),
    lines: count().description('Without the header.'),
    imported: count(),
    failed: count().description('Lines with errors.'),
    progress: integer(0, 100).description('In per cent.'),
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
    line: count().description('Where the line begins in the file; the header is line 1.'),
    field: nullable(Joi.string()).description('null where it is the line as a whole.'),
    message: Joi.string(),
  }),
);
export type ImportErrorView = Infer<typeof importErrorView>;

export const importErrorPage = pageOf(importErrorView);
