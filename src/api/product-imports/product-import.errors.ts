import { defineErrors } from '../../core/errors.ts';

export const productImportErrors = defineErrors({
  notFound: [
    'not_found',
    'PRODUCT_IMPORTS_NOT_FOUND',
    'There is no such import.',
    { de: 'Diesen Import gibt es nicht.' },
  ],
  wrongHeader: [
    'invalid',
    'PRODUCT_IMPORTS_WRONG_HEADER',
    'The first line must be sku,name,description,priceMinor,currency,stock.',
    { de: 'Die erste Zeile muss sku,name,description,priceMinor,currency,stock lauten.' },
  ],
  malformed: [
    'invalid',
    'PRODUCT_IMPORTS_MALFORMED',
    'The file is not CSV in UTF-8: look at the quotation marks of the line in details.',
    { de: 'Die Datei ist kein CSV in UTF-8: bitte die Anführungszeichen der Zeile in details ansehen.' },
  ],
});
