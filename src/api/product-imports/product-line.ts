import type { Language } from '../../core/languages.ts';
import { defaultLanguage } from '../../core/languages.ts';
import { compileTextValidator } from '../../http/validate.ts';
import { createProductBody, productLine, type ProductLine } from '../products/index.ts';
import { columns } from './product-header.ts';
import { productImportMessages } from './product-import.messages.ts';

/** A validation error of a line. */
export interface LineIssue {
  /** The column with the error. Null if the error concerns the whole line. */
  readonly field: string | null;
  readonly message: string;
}

const validateNew = compileTextValidator(createProductBody);
const validateLine = compileTextValidator(productLine);

/** Returns the SKU of a line, or an empty string. */
export const skuOf = (values: readonly string[]): string => values[columns.indexOf('sku')] ?? '';

/**
 * Validates the values of a line. An empty value counts as omitted. A line for a new product must be complete, as for
 * `POST /products`. A line for an existing product is a partial change.
 */
export function readProduct(
  values: readonly string[],
  { language, isExisting }: { readonly language: Language | null; readonly isExisting: boolean },
): { readonly product: ProductLine } | { readonly issues: readonly LineIssue[] } {
  if (values.length !== columns.length) {
    const message = productImportMessages.rules.valueCount(columns.length)[language ?? defaultLanguage];
    return { issues: [{ field: null, message }] };
  }
  const filled = columns.flatMap((column, index): [string, string][] => {
    const value = values[index] ?? '';
    return value === '' ? [] : [[column, value]];
  });
  const texts = Object.fromEntries(filled);
  const asNew = isExisting ? null : validateNew(texts, language);
  // Return a new product without its defaults too. If the product is inserted concurrently, defaults must not overwrite
  // its values.
  const result = asNew !== null && 'issues' in asNew ? asNew : validateLine(texts, language);
  if ('value' in result) return { product: result.value };
  return { issues: result.issues.map(({ path, message }) => ({ field: path, message })) };
}
