import { languages } from '../../../src/core/languages.ts';
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

const layers = [
  'model',
  'validation',
  'messages',
  'errors',
  'repository',
  'service',
  'view',
  'controller',
  'routes',
];

async function newFiles(model: ModuleModel): Promise<Change[]> {
  const { module, singular } = model;
  const [source, tests] = [`src/api/${module}`, `tests/api/${module}`];
  const data = { ...model, languages };
  const files: [template: string, path: string, data: object][] = [
    ...layers.map((layer): [string, string, object] => [
      `module/${layer}`,
      `${source}/${singular}.${layer}.ts`,
      data,
    ]),
    ...languages.map((language): [string, string, object] => [
      'module/messages-in-language',
      `${source}/${singular}.messages.${language}.ts`,
      { ...data, language },
    ]),
    ['module/index', `${source}/index.ts`, data],
    ['tests/factory', `${tests}/${singular}.factory.ts`, data],
    ['tests/lists', `${tests}/lists.ts`, data],
    ['tests/module', `${tests}/${module}.test.ts`, data],
  ];
  return Promise.all(
    files.map(async ([template, path, values]) => ({
      path,
      before: null,
      after: await render(template, values, path),
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
  { module, singular, owner, namedUsers, otherRefs, labels }: ModuleModel,
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
    ...languages
      .slice(1)
      .map((language) => `Translate the nouns in src/api/${module}/${singular}.messages.${language}.ts.`),
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
