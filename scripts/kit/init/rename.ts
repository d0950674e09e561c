import type { Tree } from '../remove/tree.ts';
import type { ProductNames } from './names.ts';

// Files that mention the template on purpose, and files that another step rewrites.
const skippedFiles =
  /^(?:LICENSE|CHANGELOG\.md|package-lock\.json|docs\/upgrading\.md|scripts\/kit\/init\/)|\.(?:png|ico|woff2?|tgz)$/;
const nameFile = 'src/config/product-name.ts';

/** Maps each form of the template's name to the form of the new name that replaces it. */
const spellings: readonly [RegExp, (names: ProductNames) => string][] = [
  [/\bSTRATA_/, ({ snake }) => `${snake.toUpperCase()}_`],
  [/\bstrata(?=[A-Z])/, ({ camel }) => camel],
  [/Strata(?=[A-Z][a-z])|(?<=[a-z])(?<!\\n)Strata(?![a-z])/, ({ pascal }) => pascal],
  [/\bstrata(?=-[a-z])/, ({ kebab }) => kebab],
  [/(?<![A-Za-z0-9])strata(?![A-Za-z0-9])/, ({ snake }) => snake],
  [/(?:(?<=\\n)|\b)Strata(?![a-z])/, ({ plain }) => plain],
];
// Replace all forms in one pass, because the new name may itself contain the name of the template.
const anySpelling = new RegExp(
  spellings.map(([pattern], index) => `(?<s${index}>${pattern.source})`).join('|'),
  'g',
);

/** Returns the text after replacing every form of the template's name. */
export const renamed = (text: string, names: ProductNames): string =>
  text.replace(anySpelling, (match, ...rest) => {
    const groups: unknown = rest.at(-1);
    const found = Object.values(groups ?? {}).findIndex((group) => group !== undefined);
    return spellings[found]?.[1](names) ?? match;
  });

/** Escapes a text for Markdown. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~&$]/g, (sign) => `\\${sign}`);

/** Returns a page after the renaming. Code contains the name in ASCII, and sentences the name as users see it. */
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

/** Replaces the template's name in every file of the tree. */
export function renameAll(tree: Tree, names: ProductNames): void {
  tree.edit(nameFile, (text) => text.replace(/'Strata'/, () => JSON.stringify(names.display)));
  for (const path of tree.list().filter((file) => !skippedFiles.test(file) && file !== nameFile))
    tree.edit(path, (text) => (path.endsWith('.md') ? renamedPage(text, names) : renamed(text, names)));
}
