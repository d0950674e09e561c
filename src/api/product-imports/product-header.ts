import type { ErrorDetail } from '../../core/errors.ts';
import type { Texts } from '../../core/languages.ts';
import { productImportErrors } from './product-import.errors.ts';

export const columns = ['sku', 'name', 'description', 'priceMinor', 'currency', 'stock'] as const;

const empty: Texts = { en: 'the file is empty', de: 'die Datei ist leer' };
const oneCell: Texts = {
  en: 'is one quoted cell: put quotation marks around single cells only',
  de: 'ist eine einzige Zelle in Anführungszeichen: bitte nur einzelne Zellen in Anführungszeichen setzen',
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

/** Returns what is wrong with a header that is a single cell; null if nothing but its name is. */
function issueOfSingle(cell: string): Texts | null {
  const separator = separators.find(([sign]) => cell.includes(sign));
  return separator?.[1] ?? (cell.includes(',') ? oneCell : null);
}

function issueOfCell(cell: string | undefined, expected: string | undefined): Texts | null {
  if (cell === expected) return null;
  if (expected === undefined) return { en: 'must not be there', de: 'darf nicht da sein' };
  if (cell === undefined) return { en: `is missing: ${expected}`, de: `fehlt: ${expected}` };
  return cell.trim() === expected
    ? { en: `must be ${expected}, without white space`, de: `muss ${expected} sein, ohne Leerraum` }
    : { en: `must be ${expected}`, de: `muss ${expected} sein` };
}

/** Compares a header cell by cell; `cells` is undefined for an empty file. Throws `PRODUCT_IMPORTS_WRONG_HEADER`. */
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
