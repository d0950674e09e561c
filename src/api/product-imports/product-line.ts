import type { Language, Texts } from '../../core/languages.ts';
import { defaultLanguage } from '../../core/languages.ts';
import { compileTextValidator } from '../../http/validate.ts';
import { createProductBody, productLine, type ProductLine } from '../products/index.ts';
import { columns } from './product-header.ts';

/** What is wrong with a line. */
export interface LineIssue {
  /** null where it is the line as a whole. */
  readonly field: string | null;
  readonly message: string;
}

const wrongCount: Texts = {
  en: `must have ${columns.length} values`,
  de: `muss ${columns.length} Werte haben`,
};

const validateWhole = compileTextValidator(createProductBody);
const validateLine = compileTextValidator(productLine);

/** Returns the sku of a line, which decides whether the line is a new product or changes a known one. */
export const skuOf = (values: readonly string[]): string => values[columns.indexOf('sku')] ?? '';

/**
 * Validates the values of a line; an empty one counts as left out. A new product must be whole, as for `POST /products`.
 * A line of a known one is a change.
 */
export function readProduct(
  values: readonly string[],
  { language, isKnown }: { readonly language: Language | null; readonly isKnown: boolean },
): { readonly product: ProductLine } | { readonly issues: readonly LineIssue[] } {
  if (values.length !== columns.length)
    return { issues: [{ field: null, message: wrongCount[language ?? defaultLanguage] }] };
  const filled = columns.flatMap((column, index): [string, string][] => {
    const value = values[index] ?? '';
    return value === '' ? [] : [[column, value]];
  });
  const texts = Object.fromEntries(filled);
  const whole = isKnown ? null : validateWhole(texts, language);
  // Without defaults: they must not overwrite a product that somebody else adds in the meantime.
  const result = whole !== null && 'issues' in whole ? whole : validateLine(texts, language);
  if ('value' in result) return { product: result.value };
  return { issues: result.issues.map(({ path, message }) => ({ field: path, message })) };
}
