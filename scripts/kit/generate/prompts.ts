import { confirm, input, select } from '@inquirer/prompts';
import { Failure } from './failure.ts';
import { fieldTypeNames } from './field.ts';
import { readFields } from './field-language.ts';
import { nameModule } from './names.ts';
import type { Values } from './plan.ts';
import { modules } from '../../../src/modules.ts';

/** What a command was asked for: its words and its options. */
export interface Asked {
  readonly positionals: readonly string[];
  readonly values: Values;
}

/** Turns what throws a `Failure` into what the prompts take for a judgement. */
const judge = (look: () => unknown): true | string => {
  try {
    look();
    return true;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
};

async function askFields(): Promise<string> {
  process.stdout.write(
    `A field is name:type:modifier…, with ? after a type that may be null. Types: ${fieldTypeNames.join(', ')}.\n`,
  );
  const fields: string[] = [];
  for (;;) {
    const next = await input({
      message:
        fields.length === 0 ? 'First field, such as number:string:unique' : 'Next field (empty: no more)',
      validate: (text) =>
        (text.trim() === '' && fields.length > 0) || judge(() => readFields([...fields, text].join(', '))),
    });
    if (next.trim() === '') return fields.join(', ');
    fields.push(next.trim());
  }
}

const askModule = (message: string): Promise<string> =>
  select<string>({ message, choices: modules.map(({ name }) => name).sort() });

const asks: Readonly<Record<string, () => Promise<Asked>>> = {
  module: async () => {
    const name = await input({
      message: 'Name, in the plural',
      validate: (text) => judge(() => nameModule(text)),
    });
    return { positionals: ['module', name], values: { fields: await askFields() } };
  },
  field: async () => {
    const name = await askModule('Of which module');
    const field = await input({
      message: 'Field, such as note:text?',
      validate: (text) => judge(() => readFields(text)),
    });
    return { positionals: ['field', name, field], values: {} };
  },
  event: async () => {
    const name = await askModule('Of which module');
    return {
      positionals: ['event', name, await input({ message: 'What has happened, such as shipped' })],
      values: {},
    };
  },
  job: async () => {
    const name = await askModule('Of which module');
    const verb = await input({ message: 'What is to be done, such as remind' });
    const cron = await input({ message: 'When, such as 0 6 * * * (empty: when it is asked for)' });
    return { positionals: ['job', name, verb], values: cron.trim() === '' ? {} : { cron } };
  },
  migration: async () => {
    const name = await askModule('Of which module');
    return {
      positionals: ['migration', await input({ message: 'What it does, such as AddColour' })],
      values: { module: name },
    };
  },
};

/** Asks for everything that a command needs. */
export async function ask(): Promise<Asked> {
  const kind: string = await select<string>({
    message: 'What do you want to add?',
    choices: Object.keys(asks),
  });
  const asked = await asks[kind]?.();
  if (asked === undefined) throw new Failure(`There is no "${kind}" to generate.`);
  return asked;
}

/** Whether to go on. */
export const agree = (): Promise<boolean> => confirm({ message: 'Write this?', default: true });
