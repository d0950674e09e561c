import { isOfLanguage, listPath, namesLanguages, withoutEntry } from '../language-texts.ts';
import type { Git } from './git.ts';
import { assertCommitted, assertNoDanglingImports, cutAllRegions } from './plan.ts';
import { Refusal } from './refusal.ts';
import type { Tree } from './tree.ts';

/** Returns the languages of the tree. English comes first. */
export const languagesOf = (tree: Tree): string[] =>
  [...(/const languages = \[(.*?)\]/.exec(tree.read(listPath))?.[1] ?? '').matchAll(/'(\w+)'/g)].flatMap(
    ([, language = '']) => language,
  );

function assertRemovable(tree: Tree, language: string): void {
  if (language === 'en')
    throw new Refusal('en cannot be removed: logs are in English, and so are replies in other languages.');
  const others = languagesOf(tree).filter((one) => one !== 'en');
  if (!others.includes(language))
    throw new Refusal(
      `There is no language "${language}" in ${listPath}. Removable languages: ${others.join(', ') || 'none'}.`,
    );
}

/**
 * Plans the removal of a language: its files, its regions, and its entries. Throws a `Refusal` if the language cannot
 * be removed.
 */
export function planLanguageRemoval(
  tree: Tree,
  language: string,
  { git, isForced }: { readonly git: Git | null; readonly isForced: boolean },
): void {
  assertRemovable(tree, language);
  const before = new Set(tree.list());
  const deletedFiles = tree.list().filter((path) => isOfLanguage(path, language));
  if (!isForced) assertCommitted(deletedFiles, git);
  for (const path of deletedFiles) tree.delete(path);
  cutAllRegions(tree, new Set([language]));
  for (const path of tree.list().filter(namesLanguages))
    tree.edit(path, (text) => withoutEntry(text, language));
  assertNoDanglingImports(tree, before);
}
