import { defineErrors } from '../../core/errors.ts';
import { productImportMessages } from './product-import.messages.ts';

export const productImportErrors = defineErrors(productImportMessages.errors, {
  notFound: ['not_found', 'PRODUCT_IMPORTS_NOT_FOUND'],
  wrongHeader: ['invalid', 'PRODUCT_IMPORTS_WRONG_HEADER'],
  malformed: ['invalid', 'PRODUCT_IMPORTS_MALFORMED'],
  wrongEncoding: ['invalid', 'PRODUCT_IMPORTS_WRONG_ENCODING'],
  lineTooLong: ['invalid', 'PRODUCT_IMPORTS_LINE_TOO_LONG'],
});
