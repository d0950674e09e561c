import type { Tree } from '../remove/tree.ts';

// What tells where the clone comes from, or has its own rules.
const untouched =
  /^(?:LICENSE|CHANGELOG\.md|package-lock\.json|docs\/upgrading\.md|scripts\/init\/)|\.(?:png|ico|woff2?|tgz)$/;

/** `Acme Shop` as a name of packages: `acme-shop`. */
export const kebabOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

/** `Acme Shop` as a name of databases, roles and images: `acme_shop`. */
export const snakeOf = (name: string): string => kebabOf(name).replaceAll('-', '_');

const camelOf = (name: string): string =>
  snakeOf(name).replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const pascalOf = (name: string): string => camelOf(name).replace(/^[a-z]/, (letter) => letter.toUpperCase());

/** A text with the name of the template replaced, in whichever of its spellings stands there. */
export const renamed = (text: string, name: string): string =>
  text
    .replace(/\bSTRATA_/g, `${snakeOf(name).toUpperCase()}_`)
    .replace(/\bstrata(?=[A-Z])/g, camelOf(name))
    .replace(/Strata(?=[A-Z][a-z])/g, pascalOf(name))
    .replace(/\bstrata(?=-[a-z])/g, kebabOf(name))
    .replace(/(?<![A-Za-z0-9])strata(?![A-Za-z0-9])/g, snakeOf(name))
    .replace(/(?:(?<=\\n)|\b)Strata(?=[^a-z])/g, name);

/** Gives every file of the tree the new name. */
export function renameAll(tree: Tree, name: string): void {
  for (const path of tree.list().filter((file) => !untouched.test(file)))
    tree.edit(path, (text) => renamed(text, name));
}
