import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { assertLength, capitalize, singularOf, toCamel } from './names.ts';
import { findModule, root } from './project.ts';

/** A module that there is, as its files call it. */
export interface Existing {
  readonly module: string;
  readonly folder: string;
  /** How its files begin, such as `credit-note`. */
  readonly singular: string;
  readonly Entity: string;
  readonly Entities: string;
  readonly one: string;
}

/** The module of this name; throws a `Failure` when there is none. */
export async function findExisting(name: string): Promise<Existing> {
  const { name: module } = findModule(name);
  const folder = `src/api/${module}`;
  const files = (await readdir(join(root, folder))).filter((file) => file.endsWith('.routes.ts'));
  const stems = files.map((file) => file.slice(0, -'.routes.ts'.length));
  const guess = singularOf(module) ?? module;
  const singular = stems.includes(guess) ? guess : (stems[0] ?? guess);
  const one = toCamel(singular);
  return { module, folder, singular, one, Entity: capitalize(one), Entities: capitalize(toCamel(module)) };
}

/** Throws a `Failure` when a text such as `'users.verified'` stands in the module's source already. */
export async function assertUnused({ folder }: Existing, what: string): Promise<void> {
  const files = (await readdir(join(root, folder), { recursive: true })).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of files) {
    const text = await readFile(join(root, folder, file), 'utf8');
    if (
      text.includes(`'${what}'`) ||
      new RegExp(`\\b(?:const|class|interface|type) ${what.replaceAll('.', '\\.')}\\b`).test(text)
    )
      throw new Failure(`"${what}" is in ${folder}/${file} already: choose another name.`);
  }
}

/** A word in kebab-case, such as `shipped` or `partly-paid`; throws a `Failure` for anything else. */
export function readWord(word: string, example: string): string {
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(word))
    throw new Failure(`"${word}" will not do: use small letters, with a - between words: ${example}`);
  assertLength(word);
  return word;
}
