import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Cron } from 'croner';
import type { Plan } from './apply.ts';
import { type Change, editing } from './changes.ts';
import { assertUnused, type ExistingModule, findExistingModule, parseWord } from './existing.ts';
import { Failure } from './failure.ts';
import { toCamel } from './names.ts';
import { root } from './project.ts';
import { formatted, render } from './render.ts';
import { addImport, addStatement, appendToInstance, destructureInCreate } from './typescript.ts';

const example = 'npm run generate job invoices remind -- --cron "0 6 * * *"';

interface JobModel extends ExistingModule {
  readonly constant: string;
  readonly name: string;
  readonly cron: string | undefined;
  readonly schema: string;
}

function assertCron(cron: string): void {
  try {
    if (cron.trim().split(/\s+/).length !== 5) throw new Error('it needs five fields');
    new Cron(cron, { paused: true }).stop();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(
      `"${cron}" is not a valid schedule (${reason}). Write minute, hour, day, month and weekday, in UTC: ${example}`,
    );
  }
}

async function declare(model: JobModel, path: string): Promise<Change> {
  if (!existsSync(join(root, path))) return { path, before: null, after: await render('job', model, path) };
  return editing(path, `declares ${model.constant}`, (before) => {
    const { constant, name, schema, cron } = model;
    const declaration = `export const ${constant} = defineJob({ name: '${name}', schema: ${schema}${cron === undefined ? '' : `, cron: '${cron}'`} });`;
    const names = cron === undefined ? ['object', 'uuid'] : ['object'];
    const imported = names.reduce(
      (text, imported) => addImport(path, text, [imported], '../../core/schema.ts'),
      addImport(path, before, ['defineJob'], '../../jobs/jobs.ts'),
    );
    return formatted(path, addStatement(path, imported, declaration));
  });
}

function wire(index: string, before: string, { singular, constant, name, cron, one }: JobModel): string {
  const facts = cron === undefined ? `, { ${one}Id: payload.${one}Id }` : '';
  const handler = `handle(${constant}, async (${cron === undefined ? '{ payload }' : ''}) => { logger.info('${name} completed.'${facts}); })`;
  const imported = addImport(index, before, ['handle'], '../../jobs/jobs.ts');
  const known = addImport(index, imported, [constant], `./${singular}.jobs.ts`);
  return destructureInCreate(index, appendToInstance(index, known, 'jobs', handler), 'logger');
}

/** Plans the changes of `generate job`. Throws a `Failure` for an invalid name or schedule. */
export async function planJob(moduleName: string, verb: string, cron: string | undefined): Promise<Plan> {
  const existing = await findExistingModule(moduleName);
  const word = parseWord(verb, `the imperative, for example ${example}`);
  if (cron !== undefined) assertCron(cron);
  const model: JobModel = {
    ...existing,
    constant: `${toCamel(word)}${cron === undefined ? existing.Entity : existing.Entities}`,
    name: `${existing.module}.${word.replaceAll('-', '_')}`,
    cron,
    schema: cron === undefined ? `object({ ${existing.one}Id: uuid() })` : 'object({})',
  };
  await assertUnused(existing, model.name);
  await assertUnused(existing, model.constant);
  const path = `${existing.folder}/${existing.singular}.jobs.ts`;
  const index = `${existing.folder}/index.ts`;
  const enqueue = `jobs.enqueue(${model.constant}, { ${existing.one}Id: id })`;
  return {
    title: `Job ${model.name}`,
    changes: [
      await declare(model, path),
      await editing(index, 'handles the job', (before) => formatted(index, wire(index, before, model))),
    ],
    changesGeneratedFiles: false,
    notes: [
      'The handler only writes a log entry. Implement the work in the service, make it idempotent, and call it in index.ts.',
      cron === undefined
        ? `Enqueue it in the transaction of the change that needs it: ${enqueue}`
        : 'The worker runs it on this schedule, in UTC.',
    ],
  };
}
