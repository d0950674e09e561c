import { checkbox, confirm, input, select } from '@inquirer/prompts';
import { removable } from '../remove/choose.ts';
import type { Module } from '../remove/modules.ts';
import { type Answers, judgeKept, judgeLine, licences } from './answers.ts';
import { judgeName } from './names.ts';

type Given = Partial<Omit<Answers, 'licence'> & { readonly licence: string }>;

/** Asks on the terminal for what the options do not say; null when the answer to the last question is no. */
export async function ask(
  given: Given,
  modules: ReadonlyMap<string, Module>,
): Promise<(Given & Required<Omit<Given, 'slug'>>) | null> {
  const name = given.name ?? (await input({ message: 'Name', validate: judgeName }));
  const description =
    given.description ??
    (await input({ message: 'Description', validate: (text) => judgeLine('description', text) }));
  const licence =
    given.licence ?? (await select({ message: 'Licence', choices: licences.map((value) => ({ value })) }));
  const holder =
    given.holder ??
    (await input({ message: 'Who holds the rights', validate: (text) => judgeLine('holder', text) }));
  const keep =
    given.keep ??
    (await checkbox({
      message: 'Keep (what others use must stay with them)',
      choices: removable(modules).map((module) => ({ value: module.name, checked: true })),
      validate: (chosen) =>
        judgeKept(
          chosen.map(({ value }) => value),
          modules,
        ),
    }));
  const isSure = await confirm({ message: `Make this clone ${name}?` });
  return isSure ? { ...given, name, description, licence, holder, keep } : null;
}
