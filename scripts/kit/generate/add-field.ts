import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from './apply.ts';
import { type Change, editing } from './changes.ts';
import { type ExistingModule, assertUnused, findExistingModule } from './existing.ts';
import { Failure } from './failure.ts';
import { readFields } from './field-language.ts';
import { fieldTypes } from './field-types.ts';
import { assertShort, type FieldModel, filtersOf, indexesOf, modelField } from './module-model.ts';
import { capitalize, type ModuleNames } from './names.ts';
import { addToPrivacy } from './privacy.ts';
import { root } from './project.ts';
import { formatted } from './render.ts';
import { addImport, addMember, appendToObject, decorateClass, hasObject, widenFields } from './typescript.ts';

const example = 'npm run generate field invoices "note:text?"';

function readOne(text: string): ReturnType<typeof readFields>[number] {
  const fields = readFields(text);
  const [field] = fields;
  if (field === undefined || fields.length > 1) throw new Failure(`Pass exactly one field: ${example}`);
  if (!field.isNullable)
    throw new Failure(
      `"${field.name}" must be nullable, because existing rows have no value for it. Write ${field.name}:${field.type}?, fill the column, and make it NOT NULL in a later migration.`,
    );
  if (field.isUnique || field.type === 'ref' || field.type === 'datetime')
    throw new Failure(
      `"${field.name}": a ${field.isUnique ? 'unique field' : field.type} field also needs errors and rules in files you may have edited. Add it by hand; docs/adding-a-module.md describes how. To see the code it needs, generate a small module with such a field.`,
    );
  return field;
}

const namesOf = ({ module, singular, one, Entity, Entities }: ExistingModule, table: string): ModuleNames => ({
  module, singular, one, Entity, Entities, table,
  many: Entities.charAt(0).toLowerCase() + Entities.slice(1),
  label: singular.replaceAll('-', ' '),
  labels: module.replaceAll('-', ' '),
  code: module.replaceAll('-', '_').toUpperCase(),
}); // prettier-ignore

type Edit = (path: string, text: string, field: FieldModel, names: ModuleNames) => string;

const inModel =
  (owner: string | undefined): Edit =>
  (path, text, field, { Entity, singular, table }) => {
    const member = `@Column(${field.columnArguments})\n  ${field.property}!: ${field.stored} | null;`;
    const indexes = indexesOf(field, table, owner);
    assertShort(indexes.map(({ name }) => name));
    const lines = indexes.map(
      ({ name, properties }) =>
        `@Index('${name}', [${properties.map((property) => `'${property}'`).join(', ')}])`,
    );
    const added = decorateClass(path, addMember(path, text, Entity, member), Entity, lines);
    const { type } = field;
    const shared = type === 'bigint' ? addImport(path, added, ['bigNumber'], '../../db/columns.ts') : added;
    const indexed = lines.length > 0 ? addImport(path, shared, ['Index'], 'typeorm') : shared;
    return type === 'enum'
      ? addImport(path, indexed, [`type ${field.stored}`], `./${singular}.validation.ts`)
      : indexed;
  };

const importsFor = (path: string, text: string, { type }: FieldModel): string => {
  const { schemaImports, momentImports = [] } = fieldTypes[type];
  const shared = addImport(path, text, ['nullable', 'withDefault', ...schemaImports], '../../core/schema.ts');
  const timed =
    momentImports.length > 0 ? addImport(path, shared, momentImports, '../../core/moment.ts') : shared;
  return type === 'bool' ? addJoi(timed) : timed;
};

const addJoi = (text: string): string =>
  /^import Joi\b/m.test(text) ? text : `import Joi from 'joi';\n${text}`;

/**
 * In a generated module, adds the field to the object `fields` and to the schemas built from it. A handwritten module
 * has no `fields`, so adds the field to each of its object schemas.
 */
const inValidation: Edit = (path, text, field, names) => {
  const { Entity, Entities, one } = names;
  const { property, schema, type, stored } = field;
  const imported = importsFor(path, text, field);
  if (!hasObject(path, imported, 'fields')) {
    const typed =
      type === 'enum'
        ? `\n\nexport type ${stored} = ${field.values.map((value) => `'${value}'`).join(' | ')};\n`
        : '';
    // Make the new key optional in changes, so that existing clients can still send changes without it.
    const isPartial = new RegExp(`change${Entity}Body =[^;]*partial\\(`).test(imported);
    const changed = isPartial ? `nullable(${schema})` : `optional(nullable(${schema}))`;
    const places = [
      [`create${Entity}Body`, `${property}: withDefault(nullable(${schema}), null)`],
      [`change${Entity}Body`, `${property}: ${changed}`],
      [`${one}View`, `${property}: nullable(${schema})`],
    ] as const;
    const complete = isPartial ? imported : addImport(path, imported, ['optional'], '../../core/schema.ts');
    return places.reduce((done, [name, line]) => appendToObject(path, done, name, line), complete) + typed;
  }
  const added = appendToObject(path, imported, 'fields', `${property}: ${schema}`);
  const typed =
    type === 'enum'
      ? `${added.trimEnd()}\n\nexport type ${stored} = Infer<typeof fields.${property}>;\n`
      : added;
  const widened = widenFields(path, typed, [`create${Entity}Body`, `change${Entity}Body`, `${one}View`]);
  const kept = appendToObject(path, widened, 'storedFields', `${property}: nullable(fields.${property})`);
  const created = appendToObject(
    path,
    kept,
    `create${Entity}Body`,
    `${property}: withDefault(storedFields.${property}, null)`,
  );
  const filters = filtersOf(field, one);
  const optional =
    filters.length > 0 ? addImport(path, created, ['optional'], '../../core/schema.ts') : created;
  return filters.reduce(
    (done, filter) =>
      appendToObject(path, done, `list${Entities}Query`, `${filter.name}: optional(${filter.schema})`),
    optional,
  );
};

const inView: Edit = (path, text, { property }, { Entity, one }) =>
  appendToObject(path, text, `to${Entity}View`, `${property}: ${one}.${property}`);

const inRepository: Edit = (path, text, field, { one, Entities }) => {
  const filters = filtersOf(field, one);
  if (filters.length === 0) return text;
  if (hasObject(path, text, 'conditions'))
    return filters.reduce(
      (done, { name, condition }) => appendToObject(path, done, 'conditions', `${name}: ${condition}`),
      text,
    );
  throw new Failure(
    `${path} has no "conditions" object for the filters of ${Entities}. Nothing was changed; add the field by hand.`,
  );
};

const inFactory: Edit = (path, text, { property, samples }, { Entity }) =>
  appendToObject(path, text, `new${Entity}`, `${property}: ${samples[0]}`);

async function edits(
  existing: ExistingModule,
  field: FieldModel,
  names: ModuleNames,
  model: string,
): Promise<Change[]> {
  const { folder, singular, module } = existing;
  const validation = await readFile(join(root, folder, `${singular}.validation.ts`), 'utf8').catch(() => '');
  const isGenerated = hasObject('validation.ts', validation, 'fields');
  const owner = /@ForeignKey\('User', \{ onDelete: 'CASCADE' \}\)\s*@Column\([^\n]*\)\s*(\w+)!/.exec(
    model,
  )?.[1];
  const files: [path: string, edit: Edit][] = [
    [`${folder}/${singular}.model.ts`, inModel(isGenerated ? owner : undefined)],
    [`${folder}/${singular}.validation.ts`, inValidation],
    [`${folder}/${singular}.view.ts`, inView],
  ];
  if (isGenerated) files.push([`${folder}/${singular}.repository.ts`, inRepository]);
  const factory = `tests/api/${module}/${singular}.factory.ts`;
  if (existsSync(join(root, factory))) files.push([factory, inFactory]);
  const changes = await Promise.all(
    files.map(([path, edit]) =>
      editing(path, `adds ${field.property}`, (before) => formatted(path, edit(path, before, field, names))),
    ),
  );
  return changes.filter(({ before, after }) => before !== after);
}

/** Plans the changes of `generate field`. Throws a `Failure` if the field is invalid or the module cannot have it. */
export async function planField(moduleName: string, text: string): Promise<Plan> {
  if (text.trim() === '') throw new Failure(`Pass a module and a field: ${example}`);
  const existing = await findExistingModule(moduleName);
  const parsed = readOne(text);
  const modelPath = join(root, existing.folder, `${existing.singular}.model.ts`);
  const model = await readFile(modelPath, 'utf8').catch(() => '');
  const table = /@Entity\('(\w+)'\)/.exec(model)?.[1] ?? '';
  if (!new RegExp(`class ${existing.Entity}\\b`).test(model))
    throw new Failure(
      `${existing.folder} has no ${existing.singular}.model.ts with a class ${existing.Entity}. Add the field by hand.`,
    );
  if (new RegExp(`^\\s*${parsed.property}[!?]?:`, 'm').test(model))
    throw new Failure(`${existing.Entity} already has a property "${parsed.property}". Choose another name.`);
  const names = namesOf(existing, table);
  const field = modelField(parsed, names, undefined);
  if (field.type === 'enum') await assertUnused(existing, field.stored);
  const privacy = await editing('docs/privacy.md', 'lists the new column', (before) =>
    formatted('docs/privacy.md', addToPrivacy(before, field, names)),
  );
  return {
    title: `Field ${field.property} of ${moduleName}`,
    changes: [
      ...(await edits(existing, field, names, model)),
      ...(privacy.before === privacy.after ? [] : [privacy]),
    ],
    migration: { name: `Add${existing.Entity}${capitalize(field.property)}`, module: existing.module },
    changesGeneratedFiles: true,
    notes: [
      `Verify it: npm run check && npm test tests/api/${moduleName}`,
      'Lists cannot be sorted by the field, because it is nullable, and q does not search it.',
      'Review docs/privacy.md: if the column can hold personal data, describe it there.',
    ],
  };
}
