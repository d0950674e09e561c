import { checkbox, confirm, input, select } from '@inquirer/prompts';
import { removable } from '../remove/choose.ts';
import type { Module } from '../remove/modules.ts';
import { type Answers, validateKeptModules, validateLine, licenses } from './answers.ts';
import { validateName } from './names.ts';

type Given = Partial<Omit<Answers, 'license'> & { readonly license: string }>;

/** Asks for the answers that the options do not contain. Returns null if the user does not confirm them at the end. */
export async function ask(
  given: Given,
  modules: ReadonlyMap<string, Module>,
): Promise<(Given & Required<Omit<Given, 'slug'>>) | null> {
  const name = given.name ?? (await input({ message: 'Name', validate: validateName }));
  const description =
    given.description ??
    (await input({ message: 'Description', validate: (text) => validateLine('description', text) }));
  const license =
    given.license ?? (await select({ message: 'License', choices: licenses.map((value) => ({ value })) }));
  const holder =
    given.holder ??
    (await input({ message: 'Copyright holder', validate: (text) => validateLine('holder', text) }));
  const keep =
    given.keep ??
    (await checkbox({
      message: 'Modules to keep (including the modules they use)',
      choices: removable(modules).map((module) => ({ value: module.name, checked: true })),
      validate: (chosen) =>
        validateKeptModules(
          chosen.map(({ value }) => value),
          modules,
        ),
    }));
  const isSure = await confirm({ message: `Turn this clone into ${name}?` });
  return isSure ? { ...given, name, description, license, holder, keep } : null;
}
