import { parseArgs } from 'node:util';
import { reasonOf } from '../../../src/utils/command-line.ts';
import { planField } from './add-field.ts';
import type { Plan } from './apply.ts';
import { planEvent } from './event.ts';
import { Failure } from './failure.ts';
import { planJob } from './job.ts';
import { planLanguage } from './language.ts';
import { planModule } from './module.ts';

export const usage = `Generates code. Without arguments, the command asks for the input:
  npm run generate module invoices -- --fields "number:string:unique, dueOn:date?, customer:ref(users)"
  npm run generate field invoices "note:text?"
  npm run generate event invoices sent
  npm run generate job invoices remind -- --cron "0 6 * * *"
  npm run generate migration AddNote -- --module users
  npm run generate language fr
Options:
  --dry-run     prints the changes without writing them
  --singular    sets the singular of the module name
  --only        writes the migration of one module even if other modules differ too
docs/adding-a-module.md describes the field syntax.
`;

const options = {
  fields: { type: 'string' },
  singular: { type: 'string' },
  module: { type: 'string' },
  cron: { type: 'string' },
  only: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The options of a command. */
export interface Values {
  readonly fields?: string;
  readonly singular?: string;
  readonly module?: string;
  readonly cron?: string;
  readonly only?: boolean;
  readonly 'dry-run'?: boolean;
  readonly help?: boolean;
}

/** Parses a command line. Throws a `Failure` for an unknown option. */
export function readArguments(args: readonly string[]): { positionals: readonly string[]; values: Values } {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Failure(`${reasonOf(error)}.\n${usage}`);
  }
}

/** Returns the plan of any command except `migration`. Throws a `Failure` if the command is unknown or invalid. */
export async function makePlan(positionals: readonly string[], values: Values): Promise<Plan> {
  const [kind = '', name = '', ...words] = positionals;
  const rest = words.join(' ');
  if (kind === 'module' && words.length === 0) return planModule(name, values.fields ?? '', values.singular);
  if (kind === 'language' && words.length === 0) return planLanguage(name);
  if (kind === 'field') return planField(name, rest);
  if (kind === 'event' && words.length === 1) return planEvent(name, rest);
  if (kind === 'job' && words.length === 1) return planJob(name, rest, values.cron);
  throw new Failure(`Unknown command "${positionals.join(' ')}".\n${usage}`);
}
