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
    'The first line must be sku,name,description,priceMinor,currency,stock. The details list the differences.',
    {
      de: 'Die erste Zeile muss sku,name,description,priceMinor,currency,stock lauten; details nennt, was abweicht.',
    },
  ],
  malformed: [
    'invalid',
    'PRODUCT_IMPORTS_MALFORMED',
    'A line has unbalanced quotation marks; see the line in details. Close each quotation mark, and double those inside a value.',
    {
      de: 'Die Anführungszeichen einer Zeile stimmen nicht; details nennt die Zeile. Bitte jedes schließen und die in einem Wert verdoppeln.',
    },
  ],
  wrongEncoding: [
    'invalid',
    'PRODUCT_IMPORTS_WRONG_ENCODING',
    'The file is not UTF-8 text; see the line in details. Save the file as UTF-8.',
    { de: 'Die Datei ist kein Text in UTF-8; details nennt die Zeile. Bitte als UTF-8 speichern.' },
  ],
  lineTooLong: [
    'invalid',
    'PRODUCT_IMPORTS_LINE_TOO_LONG',
    'A line is longer than 65,536 characters; see the line in details. Shorten its values, or close its quotation mark.',
    {
      de: 'Eine Zeile ist länger als 65.536 Zeichen; details nennt die Zeile. Bitte ihre Werte kürzen oder ihr Anführungszeichen schließen.',
    },
  ],
});
