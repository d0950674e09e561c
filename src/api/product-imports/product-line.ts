import type { Language, Texts } from '../../core/languages.ts';
import { defaultLanguage } from '../../core/languages.ts';
import { compileTextValidator } from '../../core/validate.ts';
import { createProductBody, type CreateProductBody } from '../products/index.ts';
import { columns } from './product-file.ts';

/** What is wrong with a line. */
export interface LineFault {
  /** null where it is the line as a whole. */
  readonly field: string | null;
  readonly message: string;
}

const wrongCount: Texts = {
  en: `must have ${columns.length} values`,
  de: `muss ${columns.length} Werte haben`,
};

const validate = compileTextValidator(createProductBody);

/** Holds the values of a line against the schema of `POST /products`; an empty value counts as one left out. */
export function readProduct(
  values: readonly string[],
  language: Language | null,
): { readonly product: CreateProductBody } | { readonly faults: readonly LineFault[] } {
  if (values.length !== columns.length)
    return { faults: [{ field: null, message: wrongCount[language ?? defaultLanguage] }] };
  const filled = columns.flatMap((column, index): [string, string][] => {
    const value = values[index] ?? '';
    return value === '' ? [] : [[column, value]];
  });
  const result = validate(Object.fromEntries(filled), language);
  if ('value' in result) return { product: result.value };
  return { faults: result.faults.map(({ path, message }) => ({ field: path, message })) };
}
