import { parseArgs } from 'node:util';
import { reasonOf } from '../../../src/utils/command-line.ts';
import { planField } from './add-field.ts';
import type { Plan } from './apply.ts';
import { planEvent } from './event.ts';
import { Failure } from './failure.ts';
import { planJob } from './job.ts';
import { planModule } from './module.ts';

export const usage = `What can be generated; without arguments it asks:
  npm run generate module invoices -- --fields "number:string:unique, dueOn:date?, customer:ref(users)"
  npm run generate field invoices "note:text?"
  npm run generate event invoices sent
  npm run generate job invoices remind -- --cron "0 6 * * *"
  npm run generate migration AddNote -- --module users
Options: --dry-run shows what would be written; --singular names the singular of a module;
  --only writes the migration of one module although others differ, too.
docs/adding-a-module.md explains the fields.
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

/** Reads a command line; throws a `Failure` that names what is wrong with it. */
export function readArguments(args: readonly string[]): { positionals: readonly string[]; values: Values } {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Failure(`${reasonOf(error)}.\n${usage}`);
  }
}

/** What a command would do; migrations are made by `writeMigration`. Throws a `Failure` for what cannot be done. */
export async function makePlan(positionals: readonly string[], values: Values): Promise<Plan> {
  const [kind = '', name = '', ...words] = positionals;
  const rest = words.join(' ');
  if (kind === 'module' && words.length === 0) return planModule(name, values.fields ?? '', values.singular);
  if (kind === 'field') return planField(name, rest);
  if (kind === 'event' && words.length === 1) return planEvent(name, rest);
  if (kind === 'job' && words.length === 1) return planJob(name, rest, values.cron);
  throw new Failure(`"${positionals.join(' ')}" cannot be read.\n${usage}`);
}
