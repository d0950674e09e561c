import { confirm, input, select } from '@inquirer/prompts';
import { Failure } from './failure.ts';
import { fieldTypeNames } from './field.ts';
import { readFields } from './field-language.ts';
import { nameModule } from './names.ts';
import type { Values } from './plan.ts';
import { modules } from '../../../src/modules.ts';

/** The arguments and options of a command. */
export interface Command {
  readonly positionals: readonly string[];
  readonly values: Values;
}

/**
 * Returns the result that the prompt library expects from a validation: true, or the message of the `Failure` that
 * `look` throws.
 */
const validationResult = (look: () => unknown): true | string => {
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
    `Write a field as name:type:modifier…, with ? after a nullable type. Types: ${fieldTypeNames.join(', ')}.\n`,
  );
  const fields: string[] = [];
  for (;;) {
    const next = await input({
      message:
        fields.length === 0
          ? 'First field, such as number:string:unique'
          : 'Next field (leave empty to finish)',
      validate: (text) =>
        (text.trim() === '' && fields.length > 0) ||
        validationResult(() => readFields([...fields, text].join(', '))),
    });
    if (next.trim() === '') return fields.join(', ');
    fields.push(next.trim());
  }
}

const askModule = (message: string): Promise<string> =>
  select<string>({ message, choices: modules.map(({ name }) => name).sort() });

const questions: Readonly<Record<string, () => Promise<Command>>> = {
  module: async () => {
    const name = await input({
      message: 'Module name, in the plural',
      validate: (text) => validationResult(() => nameModule(text)),
    });
    return { positionals: ['module', name], values: { fields: await askFields() } };
  },
  field: async () => {
    const name = await askModule('Module');
    const field = await input({
      message: 'Field, such as note:text?',
      validate: (text) => validationResult(() => readFields(text)),
    });
    return { positionals: ['field', name, field], values: {} };
  },
  event: async () => {
    const name = await askModule('Module');
    return {
      positionals: ['event', name, await input({ message: 'Event in the past tense, such as shipped' })],
      values: {},
    };
  },
  job: async () => {
    const name = await askModule('Module');
    const verb = await input({ message: 'Job in the imperative, such as remind' });
    const cron = await input({ message: 'Schedule, such as 0 6 * * * (leave empty to enqueue it yourself)' });
    return { positionals: ['job', name, verb], values: cron.trim() === '' ? {} : { cron } };
  },
  migration: async () => {
    const name = await askModule('Module');
    return {
      positionals: ['migration', await input({ message: 'Migration name, such as AddColor' })],
      values: { module: name },
    };
  },
  language: async () => ({
    positionals: ['language', await input({ message: 'Language code, such as fr' })],
    values: {},
  }),
};

/** Asks the user for a command and its arguments. */
export async function ask(): Promise<Command> {
  const kind: string = await select<string>({
    message: 'What do you want to add?',
    choices: Object.keys(questions),
  });
  const command = await questions[kind]?.();
  if (command === undefined)
    throw new Failure(`Cannot generate "${kind}". Run npm run generate -- --help for the commands.`);
  return command;
}

/** Asks the user whether to make the changes. */
export const confirmWrite = (): Promise<boolean> =>
  confirm({ message: 'Write these changes?', default: true });
