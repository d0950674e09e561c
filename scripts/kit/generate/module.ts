import type { Plan } from './apply.ts';
import { type Change, editing } from './changes.ts';
import { Failure } from './failure.ts';
import type { Field } from './field.ts';
import { readFields } from './field-language.ts';
import { modelField, modelModule, type ModuleModel } from './module-model.ts';
import { nameModule } from './names.ts';
import { listInPrivacy } from './privacy.ts';
import { assertNew, findTarget } from './project.ts';
import { formatted, render } from './render.ts';
import { addImport, appendToArray } from './typescript.ts';

const layers = ['model', 'validation', 'errors', 'repository', 'service', 'view', 'controller', 'routes'];

async function newFiles(model: ModuleModel): Promise<Change[]> {
  const { module, singular } = model;
  const [source, tests] = [`src/api/${module}`, `tests/api/${module}`];
  const files: [template: string, path: string][] = [
    ...layers.map((layer): [string, string] => [`module/${layer}`, `${source}/${singular}.${layer}.ts`]),
    ['module/index', `${source}/index.ts`],
    ['tests/factory', `${tests}/${singular}.factory.ts`],
    ['tests/lists', `${tests}/lists.ts`],
    ['tests/module', `${tests}/${module}.test.ts`],
  ];
  return Promise.all(
    files.map(async ([template, path]) => ({
      path,
      before: null,
      after: await render(template, model, path),
    })),
  );
}

const listInModules = (model: ModuleModel): Promise<Change> =>
  editing('src/modules.ts', 'appends the module', (before) => {
    const path = 'src/modules.ts';
    const name = `${model.many}Module`;
    const imported = addImport(path, before, [name], `./api/${model.module}/index.ts`);
    return formatted(path, appendToArray(path, imported, 'modules', name));
  });

function notesOf(
  { module, owner, namedUsers, otherRefs, labels }: ModuleModel,
  fields: readonly Field[],
  isNewInPrivacy: boolean,
): string[] {
  const isPersonal =
    owner !== undefined || namedUsers.length > 0 || fields.some(({ type }) => type === 'email');
  return [
    `Verify it: npm run check && npm test tests/api/${module}`,
    ...(isNewInPrivacy
      ? ['Review the new lines of docs/privacy.md: if a column can hold personal data, describe it there.']
      : []),
    `Translate the English nouns in the German error messages: src/api/${module}.`,
    ...(isPersonal
      ? []
      : [`${labels} has no reference to a user, so it is not part of data export and erasure.`]),
    ...otherRefs.flatMap(({ name, target }) =>
      findTarget(target).canVanish
        ? [
            `If the row that ${name} refers to is deleted with its owner, the reference is deleted or cleared too. The service does not check who owns that row.`,
          ]
        : [],
    ),
  ];
}

/** Plans the changes of `generate module`. Throws a `Failure` for an invalid name or field. */
export async function planModule(name: string, fieldText: string, singular?: string): Promise<Plan> {
  const names = nameModule(name, singular);
  if (fieldText.trim() === '')
    throw new Failure(
      `Pass the fields of ${article(names.label)}: npm run generate module ${name} -- --fields "name:string, dueOn:date?"`,
    );
  const fields = readFields(fieldText);
  await assertNew(names);
  const model = modelModule(
    names,
    fields.map((field) =>
      modelField(field, names, field.type === 'ref' ? findTarget(field.target) : undefined),
    ),
  );
  const privacy = await editing('docs/privacy.md', 'lists its columns', (before) =>
    formatted('docs/privacy.md', listInPrivacy(before, model)),
  );
  const isNewInPrivacy = privacy.before !== privacy.after;
  return {
    title: `Module ${name}`,
    changes: [...(await newFiles(model)), await listInModules(model), ...(isNewInPrivacy ? [privacy] : [])],
    migration: { name: `Create${names.Entities}`, module: name },
    changesGeneratedFiles: true,
    notes: notesOf(model, fields, isNewInPrivacy),
  };
}

const article = (label: string): string => `${/^[aeiou]/.test(label) ? 'an' : 'a'} ${label}`;
