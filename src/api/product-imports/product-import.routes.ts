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
      'The header is `sku,name,description,priceMinor,currency,stock`; each line is held against the schema of `POST /products`. An empty value counts as one left out.',
      'A line whose sku a product has changes that product, so that of two lines with one sku the later counts. An empty value then leaves the value of the product as it is. A deleted product stays deleted, and a new one is made.',
      'A line that is wrong keeps no other from being imported. A file whose form is wrong is refused as a whole: the header is compared cell by cell, the text must be UTF-8, and a line has at most 65,536 characters. Any mix of line ends is accepted.',
      'At most 20 MB and 100,000 lines; read how it is getting on at the address in `Location`.',
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
    summary: 'Read how an import is getting on',
    description: 'Those of the last 30 days, whoever sent them.',
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
