import type { ErrorDetail } from '../../core/errors.ts';
import type { Texts } from '../../core/languages.ts';
import { productImportErrors } from './product-import.errors.ts';

export const columns = ['sku', 'name', 'description', 'priceMinor', 'currency', 'stock'] as const;

const empty: Texts = { en: 'the file is empty', de: 'die Datei ist leer' };
const singleQuotedCell: Texts = {
  en: 'is a single quoted cell: put quotation marks around each cell, not around the line',
  de: 'ist eine einzige Zelle in Anführungszeichen: bitte jede Zelle einzeln in Anführungszeichen setzen, nicht die ganze Zeile',
};
const separators: readonly (readonly [sign: string, message: Texts])[] = [
  [
    ';',
    {
      en: 'must be separated by commas, not by semicolons',
      de: 'muss durch Kommas getrennt sein, nicht durch Semikolons',
    },
  ],
  [
    '\t',
    {
      en: 'must be separated by commas, not by tabs',
      de: 'muss durch Kommas getrennt sein, nicht durch Tabulatoren',
    },
  ],
  [
    '|',
    { en: 'must be separated by commas, not by |', de: 'muss durch Kommas getrennt sein, nicht durch |' },
  ],
];

/** Returns the error of a header with a single cell, or null if only its name may be wrong. */
function issueOfSingle(cell: string): Texts | null {
  const separator = separators.find(([sign]) => cell.includes(sign));
  return separator?.[1] ?? (cell.includes(',') ? singleQuotedCell : null);
}

function issueOfCell(cell: string | undefined, expected: string | undefined): Texts | null {
  if (cell === expected) return null;
  if (expected === undefined) return { en: 'is an unexpected column', de: 'ist eine unerwartete Spalte' };
  if (cell === undefined) return { en: `is missing: ${expected}`, de: `fehlt: ${expected}` };
  return cell.trim() === expected
    ? { en: `must be ${expected}, without white space`, de: `muss ${expected} sein, ohne Leerraum` }
    : { en: `must be ${expected}`, de: `muss ${expected} sein` };
}

/** Checks a header cell by cell; `cells` is undefined for an empty file. Throws `PRODUCT_IMPORTS_WRONG_HEADER`. */
export function assertHeader(cells: readonly string[] | undefined, line = 1): void {
  if (cells === undefined) throw productImportErrors.wrongHeader({ line, message: empty });
  const [first = '', ...others] = cells;
  const single = others.length === 0 ? issueOfSingle(first) : null;
  if (single !== null) throw productImportErrors.wrongHeader({ line, message: single });
  const details = Array.from(
    { length: Math.max(cells.length, columns.length) },
    (_, index): ErrorDetail[] => {
      const message = issueOfCell(cells[index], columns[index]);
      return message === null ? [] : [{ line, column: index + 1, message }];
    },
  ).flat();
  if (details.length > 0) throw productImportErrors.wrongHeader(details.slice(0, columns.length));
}
