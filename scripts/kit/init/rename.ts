import type { Tree } from '../remove/tree.ts';
import type { ProductNames } from './names.ts';

// What tells where the clone comes from, or has its own rules.
const untouched =
  /^(?:LICENSE|CHANGELOG\.md|package-lock\.json|docs\/upgrading\.md|scripts\/kit\/init\/)|\.(?:png|ico|woff2?|tgz)$/;
const nameFile = 'src/config/product-name.ts';

/** The name of the template in each of its spellings, by the spelling that takes its place. */
const spellings: readonly [RegExp, (names: ProductNames) => string][] = [
  [/\bSTRATA_/, ({ snake }) => `${snake.toUpperCase()}_`],
  [/\bstrata(?=[A-Z])/, ({ camel }) => camel],
  [/Strata(?=[A-Z][a-z])|(?<=[a-z])(?<!\\n)Strata(?![a-z])/, ({ pascal }) => pascal],
  [/\bstrata(?=-[a-z])/, ({ kebab }) => kebab],
  [/(?<![A-Za-z0-9])strata(?![A-Za-z0-9])/, ({ snake }) => snake],
  [/(?:(?<=\\n)|\b)Strata(?![a-z])/, ({ plain }) => plain],
];
// All in one pass: the new name may hold that of the template.
const anySpelling = new RegExp(
  spellings.map(([pattern], index) => `(?<s${index}>${pattern.source})`).join('|'),
  'g',
);

/** Returns a text in which the new name replaces that of the template, in each of its spellings. */
export const renamed = (text: string, names: ProductNames): string =>
  text.replace(anySpelling, (whole, ...rest) => {
    const groups: unknown = rest.at(-1);
    const found = Object.values(groups ?? {}).findIndex((group) => group !== undefined);
    return spellings[found]?.[1](names) ?? whole;
  });

/** Returns a text that Markdown shows as it is. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~&$]/g, (sign) => `\\${sign}`);

/** Returns a page in which code has the plain name, and prose the name as people read it. */
function renamedPage(page: string, names: ProductNames): string {
  const prose = {
    ...names,
    plain: names.display === names.plain ? names.plain : escapeMarkdown(names.display),
  };
  return page
    .split(/(^```.*?^```$|`[^`\n]*`|<!--.*?-->|\]\([^)\n]*\))/ms)
    .map((part, index) => renamed(part, index % 2 === 0 ? prose : names))
    .join('');
}

/** Gives every file of the tree the new name. */
export function renameAll(tree: Tree, names: ProductNames): void {
  tree.edit(nameFile, (text) => text.replace(/'Strata'/, () => JSON.stringify(names.display)));
  for (const path of tree.list().filter((file) => !untouched.test(file) && file !== nameFile))
    tree.edit(path, (text) => (path.endsWith('.md') ? renamedPage(text, names) : renamed(text, names)));
}
