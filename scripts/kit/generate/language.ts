import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { languages } from '../../../src/core/languages.ts';
import { copyFor, listPath, withEntry, withExample } from '../language-texts.ts';
import type { Plan } from './apply.ts';
import { type Change, editing } from './changes.ts';
import { Failure } from './failure.ts';
import { root } from './project.ts';
import { formatted } from './render.ts';

const page = 'docs/adding-a-module.md';
const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function assertNewLanguage(code: string): void {
  if (!/^[a-z]{2}$/.test(code) || names.of(code) === undefined || Intl.getCanonicalLocales(code)[0] !== code)
    throw new Failure(
      `"${code}" is not a language code of two letters (ISO 639-1). Pass one: npm run generate language fr`,
    );
  if (languages.some((language) => language === code))
    throw new Failure(`The language ${code} is already in ${listPath}.`);
}

async function filesIn(folder: string, suffix: string): Promise<string[]> {
  const files = await readdir(join(root, folder), { recursive: true });
  return files
    .filter((file) => file.endsWith(suffix))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .sort();
}

async function copyOf(english: string, code: string): Promise<Change> {
  const path = english.replace(/en\.ts$/, `${code}.ts`);
  const { after } = await editing(english, 'is copied', (text) =>
    formatted(path, copyFor(code, basename(english, '.en.ts'), text)),
  );
  return { path, before: null, after };
}

/** Plans the changes of `generate language`. Throws a `Failure` for an invalid code or a language that exists. */
export async function planLanguage(code: string): Promise<Plan> {
  assertNewLanguage(code);
  const copies = (await filesIn('src', '.messages.en.ts')).map((path) => copyOf(path, code));
  const joined = [listPath, ...(await filesIn('src', '.messages.ts'))].map((path) =>
    editing(path, `lists ${code}`, (text) => formatted(path, withEntry(text, code))),
  );
  const example = editing(page, `shows ${code}`, (text) => withEntry(withExample(text, code), code));
  return {
    title: `Language ${code}`,
    changes: await Promise.all([...copies, ...joined, example]),
    changesGeneratedFiles: false,
    notes: [
      `Translate the texts: src/**/*.messages.${code}.ts. Each is in English until then.`,
      `List the translations of Joi's messages in src/core/joi.messages.${code}.ts.`,
      'Find what is left: npm test tests/contract/messages',
      `To undo it: npm run remove language ${code}`,
    ],
  };
}
