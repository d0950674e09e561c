import { inEveryLanguage, type ByLanguage } from './languages.ts';

/** The texts of a module: each text, and the result of each function, in every language. */
export type Messages<T> = T extends string
  ? ByLanguage<string>
  : T extends (...values: infer Values) => infer Text
    ? (...values: Values) => ByLanguage<Text>
    : { readonly [Key in keyof T]: Messages<T[Key]> };

type Tree = Readonly<Record<string, unknown>>;
type TextOf = (...values: readonly unknown[]) => unknown;

function join(texts: ByLanguage<unknown>): unknown {
  const { en } = texts;
  if (typeof en === 'string') return texts;
  if (typeof en === 'function')
    return (...values: readonly unknown[]) =>
      inEveryLanguage((language) => (texts[language] as TextOf)(...values));
  const keys = Object.keys(en as Tree);
  const joined = keys.map((key) => [
    key,
    join(inEveryLanguage((language) => (texts[language] as Tree)[key])),
  ]);
  return Object.fromEntries(joined);
}

/** Joins the texts of a module by name: of `rules.sku` in each file, the result has `rules.sku` in every language. */
export const defineMessages = <T extends object>(texts: ByLanguage<T>): Messages<T> =>
  join(texts) as Messages<T>;
