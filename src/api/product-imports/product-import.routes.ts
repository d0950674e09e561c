import { route, type RouteDefinition } from '../../http/route.ts';
import type { ProductImportController } from './product-import.controller.ts';
import { productImportErrors } from './product-import.errors.ts';
import { importErrorPage, importParams, importView, listErrorsQuery } from './product-import.validation.ts';

const manager = route.with({ access: { permission: 'products:write' } });

export const productImportRoutes = (controller: ProductImportController): RouteDefinition[] => [
  manager({
    method: 'post',
    path: '/',
    summary: 'Import products from a CSV file',
    description: [
      'The header is `sku,name,description,priceMinor,currency,stock`; each line is validated against the schema of `POST /products`. An empty value counts as omitted.',
      'A line with the sku of an existing product changes that product; an empty value then keeps the current value. If two lines have the same sku, the later one wins. A line with the sku of a deleted product creates a new product.',
      'Invalid lines do not stop the others from being imported. A malformed file is rejected as a whole: the header must match exactly, the text must be UTF-8, and a line may have at most 65,536 characters. Any mix of line ends is accepted.',
      'The limit is 20 MB and 100,000 lines. Poll the URL in `Location` for progress.',
    ].join('\n\n'),
    upload: { type: 'text/csv', maxBytes: 20_000_000 },
    replies: { 202: importView },
    errors: [
      productImportErrors.wrongHeader,
      productImportErrors.wrongEncoding,
      productImportErrors.lineTooLong,
      productImportErrors.malformed,
    ],
    handle: controller.create,
  }),
  manager({
    method: 'get',
    path: '/:id',
    summary: 'Read the progress of an import',
    description: 'Returns imports of any user. Imports are kept for 30 days.',
    params: importParams,
    replies: { 200: importView },
    errors: [productImportErrors.notFound],
    handle: controller.get,
  }),
  manager({
    method: 'get',
    path: '/:id/errors',
    summary: 'List the errors of an import',
    params: importParams,
    query: listErrorsQuery,
    replies: { 200: importErrorPage },
    errors: [productImportErrors.notFound],
    handle: controller.listErrors,
  }),
];
