import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { assertLength, capitalize, singularOf, toCamel } from './names.ts';
import { findModule, root } from './project.ts';

/** A module that exists already, and the names in its files. */
export interface ExistingModule {
  readonly module: string;
  readonly folder: string;
  /** The prefix of its file names, such as `credit-note`. */
  readonly singular: string;
  readonly Entity: string;
  readonly Entities: string;
  readonly one: string;
}

/** Returns the module with this name. Throws a `Failure` if there is none. */
export async function findExistingModule(name: string): Promise<ExistingModule> {
  const { name: module } = findModule(name);
  const folder = `src/api/${module}`;
  const files = (await readdir(join(root, folder))).filter((file) => file.endsWith('.routes.ts'));
  const stems = files.map((file) => file.slice(0, -'.routes.ts'.length));
  const guess = singularOf(module) ?? module;
  const singular = stems.includes(guess) ? guess : (stems[0] ?? guess);
  const one = toCamel(singular);
  return { module, folder, singular, one, Entity: capitalize(one), Entities: capitalize(toCamel(module)) };
}

/** Throws a `Failure` if the source of the module already contains this name, such as `users.verified`. */
export async function assertUnused({ folder }: ExistingModule, what: string): Promise<void> {
  const files = (await readdir(join(root, folder), { recursive: true })).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of files) {
    const text = await readFile(join(root, folder, file), 'utf8');
    if (
      text.includes(`'${what}'`) ||
      new RegExp(`\\b(?:const|class|interface|type) ${what.replaceAll('.', '\\.')}\\b`).test(text)
    )
      throw new Failure(`"${what}" is already used in ${folder}/${file}. Choose another name.`);
  }
}

/** Returns a word in kebab-case, such as `shipped` or `partly-paid`. Throws a `Failure` for any other text. */
export function parseWord(word: string, example: string): string {
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(word))
    throw new Failure(
      `"${word}" is not a valid name. Use lower-case letters with - between words: ${example}`,
    );
  assertLength(word);
  return word;
}
