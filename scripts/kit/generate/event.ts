import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from './apply.ts';
import { type Change, editing } from './changes.ts';
import { assertUnused, type ExistingModule, findExistingModule, parseWord } from './existing.ts';
import { capitalize, toCamel } from './names.ts';
import { root } from './project.ts';
import { formatted, render } from './render.ts';
import { addImport, addStatement, appendToArray, appendToModule, hasArray } from './typescript.ts';

const example = 'npm run generate event invoices sent';

interface EventModel extends ExistingModule {
  readonly constant: string;
  readonly type: string;
}

async function declare(model: EventModel, path: string): Promise<Change> {
  if (!existsSync(join(root, path))) return { path, before: null, after: await render('event', model, path) };
  return editing(path, `declares ${model.constant}`, async (before) => {
    const declaration = `export const ${model.constant} = defineEvent({ type: '${model.type}', aggregate: '${model.one}', schema: object({ ${model.one}Id: uuid() }) });`;
    const list = `${model.one}Events`;
    const imported = ['object', 'uuid'].reduce(
      (text, name) => addImport(path, text, [name], '../../core/schema.ts'),
      addImport(path, before, ['defineEvent'], '../../events/events.ts'),
    );
    const declared = addStatement(path, imported, declaration, list);
    return formatted(
      path,
      hasArray(path, declared, list) ? appendToArray(path, declared, list, model.constant) : declared,
    );
  });
}

/** Plans the changes of `generate event`. Throws a `Failure` for an invalid name. */
export async function planEvent(moduleName: string, verb: string): Promise<Plan> {
  const existing = await findExistingModule(moduleName);
  const word = parseWord(verb, `the past tense, for example ${example}`);
  const model = {
    ...existing,
    constant: `${existing.one}${capitalize(toCamel(word))}`,
    type: `${existing.module}.${word.replaceAll('-', '_')}`,
  };
  await assertUnused(existing, model.type);
  await assertUnused(existing, model.constant);
  const path = `${existing.folder}/${existing.singular}.events.ts`;
  const index = `${existing.folder}/index.ts`;
  const declared = await declare(model, path);
  const isListed = hasArray(path, declared.after, `${existing.one}Events`);
  const listing = await editing(index, 'lists the event', (before) => {
    const imported = addImport(index, before, [model.constant], `./${existing.singular}.events.ts`);
    return formatted(index, appendToModule(index, imported, 'events', model.constant, 'migrations'));
  });
  return {
    title: `Event ${model.type}`,
    changes: isListed ? [declared] : [declared, listing],
    changesGeneratedFiles: false,
    notes: [
      `Publish it in the transaction of the change: events.publish(${model.constant}, id, { ${existing.one}Id: id })`,
      `Subscribe to it in any module: subscriptions: [on(${model.constant}, '<module>.<effect>', async ({ payload }) => { … })]`,
      'docs/recipes.md#an-event-and-a-subscriber shows a subscriber.',
    ],
  };
}
