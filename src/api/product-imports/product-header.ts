import type { ErrorDetail } from '../../core/errors.ts';
import type { Texts } from '../../core/languages.ts';
import { productImportErrors } from './product-import.errors.ts';
import { productImportMessages } from './product-import.messages.ts';

export const columns = ['sku', 'name', 'description', 'priceMinor', 'currency', 'stock'] as const;

const { rules } = productImportMessages;

const separators: readonly (readonly [sign: string, message: Texts])[] = [
  [';', rules.semicolons],
  ['\t', rules.tabs],
  ['|', rules.pipes],
];

/** Returns the error of a header with a single cell, or null if only its name may be wrong. */
function issueOfSingle(cell: string): Texts | null {
  const separator = separators.find(([sign]) => cell.includes(sign));
  return separator?.[1] ?? (cell.includes(',') ? rules.singleQuotedCell : null);
}

function issueOfCell(cell: string | undefined, expected: string | undefined): Texts | null {
  if (cell === expected) return null;
  if (expected === undefined) return rules.unexpectedColumn;
  if (cell === undefined) return rules.missingColumn(expected);
  return cell.trim() === expected ? rules.whiteSpace(expected) : rules.wrongColumn(expected);
}

/** Checks a header cell by cell. `cells` is undefined for an empty file. Throws `PRODUCT_IMPORTS_WRONG_HEADER`. */
export function assertHeader(cells: readonly string[] | undefined, line = 1): void {
  if (cells === undefined) throw productImportErrors.wrongHeader({ line, message: rules.emptyFile });
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
