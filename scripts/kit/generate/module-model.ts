import { errorTextsIn } from './error-texts.ts';
import type { Field } from './field.ts';
import { columnArguments, fieldTypes } from './field-types.ts';
import { Failure } from './failure.ts';
import { capitalize, type ModuleNames, toSnake, toWords } from './names.ts';
import type { Target } from './project.ts';
import { ownEndings, ownVariables } from './reserved.ts';

/** A field, together with everything that the templates need to know about it. */
export interface FieldModel extends Omit<Field, 'min' | 'max'> {
  readonly columnArguments: string;
  /** The type of the property in the entity, without `null`. */
  readonly stored: string;
  readonly schema: string;
  readonly sort: string | undefined;
  readonly isSearched: boolean;
  /** The arguments of `@ForeignKey`. Empty if the field is not a reference. */
  readonly foreignKey: string;
  /** The name of the constraint that a wrong reference violates. Empty if the service checks the reference itself. */
  readonly constraint: string;
  /** The name of the field in sentences. */
  readonly label: string;
  readonly takenCode: string;
  readonly missingCode: string;
  readonly samples: readonly [string, string];
  readonly wrong: readonly [string, string];
  /** The expression that the test factory assigns. */
  readonly factoryValue: string;
}

const isUser = ({ target }: Pick<Field, 'target'>): boolean => target === 'users';

function factoryValueOf(field: Field, entity: string): string {
  const { counted, samples } = fieldTypes[field.type];
  if (field.type === 'ref')
    return isUser(field) ? '(await test.buildUser()).id' : `await buildRow(test, '${entity}')`;
  return field.isUnique && counted !== undefined ? counted(field) : samples(field)[0];
}

function foreignKeyOf(field: Field, { entity, canVanish }: Target, constraint: string): string {
  const onDelete =
    field.isOwner || (canVanish && !field.isNullable) ? 'CASCADE' : canVanish ? 'SET NULL' : undefined;
  const options = [
    ...(constraint === '' ? [] : [`name: '${constraint}'`]),
    ...(onDelete === undefined || (isUser(field) && !field.isOwner) ? [] : [`onDelete: '${onDelete}'`]),
  ];
  return [`'${entity}'`, ...(options.length === 0 ? [] : [`{ ${options.join(', ')} }`])].join(', ');
}

/**
 * Returns everything that the templates need to know about a field. `target` is the entity that a reference points to.
 */
export function modelField(field: Field, names: ModuleNames, target: Target | undefined): FieldModel {
  const { code, Entity, table } = names;
  const type = fieldTypes[field.type];
  const constraint = field.type === 'ref' && !isUser(field) ? `${table}_${field.column}_exists` : '';
  const errorCode = `${code}_${toSnake(field.name).toUpperCase()}`;
  assertShort([field.column]);
  if (field.type === 'enum') assertTypeFree(field.name, Entity);
  return {
    ...field,
    columnArguments: columnArguments(field),
    stored: field.type === 'enum' ? `${Entity}${capitalize(field.name)}` : type.stored,
    schema: type.schema(field),
    // Offer no sorting by a nullable field, because a cursor needs a value.
    sort: field.isNullable ? undefined : type.sort,
    isSearched: type.isSearched === true,
    foreignKey: target === undefined ? '' : foreignKeyOf(field, target, constraint),
    constraint,
    label: toWords(field.name),
    takenCode: `${errorCode}_TAKEN`,
    missingCode: `${errorCode}_MISSING`,
    samples: type.samples(field),
    wrong: type.wrong(field),
    factoryValue: factoryValueOf(field, target?.entity ?? ''),
  };
}

interface Filter {
  readonly name: string;
  readonly schema: string;
  readonly condition: string;
}

/** Returns the list filters of a field. */
export function filtersOf({ property, type }: FieldModel, alias: string): Filter[] {
  const kind = fieldTypes[type].filter;
  const value = `fields.${property}`;
  const filter = (name: string, operator: string, text?: string): Filter => ({
    name,
    schema: text === undefined ? value : `${value}.description('${text}')`,
    condition: `'${alias}.${property} ${operator} :${name}'`,
  });
  if (kind === 'equals') return [filter(property, '=')];
  if (kind === 'bounds')
    return [filter(`min${capitalize(property)}`, '>='), filter(`max${capitalize(property)}`, '<=')];
  if (kind === undefined) return [];
  return type === 'date'
    ? [
        filter(`${property}From`, '>=', 'Matches this day or later.'),
        filter(`${property}To`, '<=', 'Matches this day or earlier.'),
      ]
    : [
        filter(`${property}From`, '>=', 'Matches this time or later.'),
        filter(`${property}To`, '<', 'Matches times before this.'),
      ];
}

interface Index {
  readonly name: string;
  readonly properties: readonly string[];
  readonly isUnique: boolean;
}

/**
 * Returns the indexes of a field. If the table has an owner, each index starts with the column of the owner, except for
 * an index that looks up a reference.
 */
export function indexesOf(field: FieldModel, table: string, owner: string | undefined): Index[] {
  const { property, type, isUnique, sort } = field;
  const scope = owner === undefined ? [] : [owner];
  const index = (properties: readonly string[], isOnce: boolean): Index => ({
    name: [table, ...properties.map(toSnake), ...(isOnce ? ['unique'] : [])].join('_'),
    properties,
    isUnique: isOnce,
  });
  const filter = fieldTypes[type].filter;
  // Add no index for sorting if the unique index already serves it.
  const isServed = isUnique && !field.isNullable && type !== 'ref';
  const listed = isServed
    ? []
    : type === 'ref'
      ? [index([property, 'createdAt', 'id'], false)]
      : sort !== undefined || filter === 'bounds' || filter === 'period'
        ? [index([...scope, property, 'id'], false)]
        : filter === 'equals'
          ? [index([...scope, property, 'createdAt', 'id'], false)]
          : [];
  return [...(isUnique ? [index([...scope, property], true)] : []), ...listed];
}

interface ErrorModel {
  readonly name: string;
  readonly kind: string;
  readonly code: string;
  readonly textIn: (language: string) => string;
}

/** Throws a `Failure` if PostgreSQL would shorten one of these names. */
export function assertShort(names: readonly string[]): void {
  const long = names.find((name) => name.length > 63);
  if (long !== undefined)
    throw new Failure(
      `The name "${long}" exceeds the 63 letters that PostgreSQL allows. Shorten the field or the module name.`,
    );
}

function assertTypeFree(name: string, entity: string): void {
  if (ownEndings.has(capitalize(name)))
    throw new Failure(
      `An enum cannot be named "${name}": the generated code already has a type ${entity}${capitalize(name)}. Choose another name.`,
    );
}

const articleOf = (label: string): string => (/^[aeiou](?!ni|se)/.test(label) ? 'An' : 'A');

/** Returns the errors that a unique field and a reference can cause. */
export function errorsOfField(field: FieldModel, names: ModuleNames): ErrorModel[] {
  const { label } = names;
  const taken = {
    name: `${field.name}Taken`,
    kind: 'conflict',
    code: field.takenCode,
    textIn: (language: string) => errorTextsIn(language).taken(label, field.label),
  };
  const missing = {
    name: `${field.name}Missing`,
    kind: 'conflict',
    code: field.missingCode,
    textIn: (language: string) => errorTextsIn(language).missing(label, field.label),
  };
  return [...(field.isUnique ? [taken] : []), ...(field.type === 'ref' ? [missing] : [])];
}

const errorsOf = (fields: readonly FieldModel[], names: ModuleNames): ErrorModel[] => [
  {
    name: 'notFound',
    kind: 'not_found',
    code: `${names.code}_NOT_FOUND`,
    textIn: (language) => errorTextsIn(language).notFound(names.label),
  },
  ...fields.flatMap((field) => errorsOfField(field, names)),
  {
    name: 'inUse',
    kind: 'conflict',
    code: `${names.code}_IN_USE`,
    textIn: (language) => errorTextsIn(language).inUse(names.label),
  },
];

const orEmpty = ({ column, isNullable }: FieldModel): string =>
  isNullable ? `coalesce(${column}, '')` : column;

const weight = (field: FieldModel): string =>
  `setweight(to_tsvector('english', ${orEmpty(field)}), '${field.type === 'string' ? 'A' : 'B'}')`;

// Returns the words of a field without reducing them to their stems, so that a search for stop words finds something
// too.
const unstemmed = (field: FieldModel): string => `to_tsvector('simple', ${orEmpty(field)})`;

/** Returns the expression of the generated search column. The first field has the highest weight. */
export function searchExpression(searched: readonly FieldModel[]): string {
  const short = searched.filter(({ type }) => type === 'string');
  return [...searched.map(weight), ...(short.length > 0 ? short : searched).map(unstemmed)].join(' || ');
}

/** Returns a query for each filter, with one row that matches and one that does not. */
function filterCases(fields: readonly FieldModel[]): { query: string; found: string; other: string }[] {
  return fields.flatMap(({ property, type, samples: [low, high], isSearched }) => {
    const one = (query: string, found: string, other: string) => ({
      query,
      found: `${property}: ${found}`,
      other: `${property}: ${other}`,
    });
    if (isSearched) return [one(`q: ${high}`, high, low)];
    const kind = fieldTypes[type].filter;
    if (type === 'ref' || kind === undefined) return [];
    const name = capitalize(property);
    if (kind === 'equals') return [one(`${property}: ${high}`, high, low)];
    if (kind === 'bounds')
      return [one(`min${name}: ${high}`, high, low), one(`max${name}: ${low}`, low, high)];
    return [
      one(`${property}From: ${high}`, high, low),
      one(`${property}To: ${type === 'date' ? low : high}`, low, high),
    ];
  });
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

function partsOf(all: readonly FieldModel[], names: ModuleNames) {
  const owner = all.find(({ isOwner }) => isOwner);
  const fields = all.filter(({ isOwner }) => !isOwner);
  const refs = all.filter(({ type }) => type === 'ref');
  const userRefs = refs.filter(isUser);
  const namedUsers = userRefs.filter(({ isOwner }) => !isOwner);
  const searched = fields.filter(({ isSearched }) => isSearched).sort((a, b) => a.type.localeCompare(b.type));
  const filters = fields.flatMap((field) => filtersOf(field, names.one));
  return {
    owner,
    fields,
    allFields: all,
    refs,
    userRefs,
    namedUsers,
    searched,
    filters,
    fieldRefs: refs.filter(({ isOwner }) => !isOwner),
    otherRefs: refs.filter((field) => !isUser(field)),
    nullables: fields.filter(({ isNullable }) => isNullable),
    sortable: fields.filter(({ sort }) => sort !== undefined),
    enums: fields.filter(({ type }) => type === 'enum'),
    moments: fields.filter(({ type }) => type === 'datetime'),
    uniques: fields.filter(({ isUnique }) => isUnique),
    emptied: namedUsers.filter(({ isNullable }) => isNullable),
    erased: userRefs.filter(({ isOwner, isNullable }) => isOwner || isNullable),
    required: fields
      .filter(({ isNullable }) => !isNullable)
      .map(({ property }) => property)
      .sort(),
  };
}

type Parts = ReturnType<typeof partsOf>;

function importsOf({ fields, nullables, searched, filters }: Parts) {
  const types = new Set(fields.map(({ type }) => type));
  return {
    columnImports: sorted([
      'createdMoment',
      ...(types.has('bigint') ? ['bigNumber'] : []),
      ...(types.has('datetime') ? ['moment'] : []),
    ]),
    momentImports: sorted(fields.flatMap(({ type }) => fieldTypes[type].momentImports ?? [])),
    schemaImports: sorted([
      ...['integer', 'named', 'object', 'partial', 'timestamp', 'uuid'],
      ...(nullables.length > 0 ? ['nullable', 'withDefault'] : []),
      ...(searched.length > 0 ? ['searchTerm'] : []),
      ...(searched.length > 0 || filters.length > 0 ? ['optional'] : []),
      ...fields.flatMap(({ type }) => fieldTypes[type].schemaImports),
    ]),
  };
}

function repositoryOf(
  { fields, uniques, otherRefs, searched, filters, owner, emptied }: Parts,
  names: ModuleNames,
) {
  const { one, table } = names;
  const scope = owner === undefined ? '' : `${owner.column}_`;
  const violations = [
    ...uniques.map(({ name, column }) => ({
      constraint: `${table}_${scope}${column}_unique`,
      error: `${name}Taken`,
    })),
    ...otherRefs.map(({ name, constraint }) => ({ constraint, error: `${name}Missing` })),
  ];
  const search = { name: 'q', condition: `matchesSearch('${one}.search')` };
  const codes = fields.flatMap((field) => [
    ...(field.isUnique ? [field.takenCode] : []),
    ...(otherRefs.includes(field) ? [field.missingCode] : []),
  ]);
  return {
    violations,
    violationCodes: codes.map((text) => `\`${text}\``).join(', '),
    conditions: [...(searched.length > 0 ? [search] : []), ...filters],
    erasureText:
      owner === undefined
        ? 'Clears the references to this user'
        : emptied.length === 0
          ? 'Deletes the rows of this user'
          : 'Deletes the rows of this user and clears other references to them',
  };
}

function ownershipOf({ owner }: Parts) {
  return {
    ownerParameter: owner === undefined ? '' : `${owner.property}: string, `,
    ownerArgument: owner === undefined ? '' : `, ${owner.property}`,
    callerParameter: owner === undefined ? '' : 'caller, ',
    callerFirst: owner === undefined ? '' : 'caller.userId, ',
    reader: owner === undefined ? 'reader' : 'owner',
    writer: owner === undefined ? 'writer' : 'owner',
    readerUser: owner === undefined ? 'reader' : 'writer',
  };
}

function testsOf({ fields, fieldRefs, sortable }: Parts, { Entity }: ModuleNames) {
  const plain = fields.find(({ type }) => type !== 'ref');
  const isAsync = plain === undefined;
  const factoryValue =
    plain === undefined
      ? `{ ${fields[0]?.property ?? ''}: ${fields[0]?.factoryValue ?? ''} }`
      : `{ ${plain.property}: ${plain.samples[1]} }`;
  return {
    sortable,
    filterCases: filterCases(fields),
    usesCount: fields.some(({ factoryValue: text }) => /\bcount\b/.test(text)),
    usesRows: isAsync && factoryValue.includes('buildRow'),
    changed: { expression: factoryValue, isAsync },
    newOne: (overrides = '') =>
      fieldRefs.length > 0
        ? `await new${Entity}(test${overrides === '' ? '' : `, ${overrides}`})`
        : `new${Entity}(${overrides})`,
  };
}

/**
 * Throws a `Failure` if a datetime field has the name of a variable in the service, because the field becomes a
 * variable there too.
 */
function assertVariables({ moments }: Parts, { one, many }: ModuleNames): void {
  const odd = moments.find(({ property }) => ownVariables.has(property) || [one, many].includes(property));
  if (odd !== undefined)
    throw new Failure(
      `A datetime cannot be named "${odd.property}": the service already has a variable of that name. Use ${odd.property}At.`,
    );
}

/** Returns the data that the templates need for a module. Throws a `Failure` if names are too long or occur twice. */
export function modelModule(names: ModuleNames, all: readonly FieldModel[]) {
  const parts = partsOf(all, names);
  const { owner, fields, fieldRefs, nullables, filters } = parts;
  const ownerName = owner?.property;
  const listing: Index = {
    name: [names.table, ...(owner === undefined ? [] : [owner.column]), 'created_at_id'].join('_'),
    properties: [...(ownerName === undefined ? [] : [ownerName]), 'createdAt', 'id'],
    isUnique: false,
  };
  const indexes = [listing, ...fields.flatMap((field) => indexesOf(field, names.table, ownerName))];
  assertShort([...indexes.map(({ name }) => name), ...fieldRefs.map(({ constraint }) => constraint)]);
  assertVariables(parts, names);
  const twice = filters.find(({ name }, place) => filters.findIndex((one) => one.name === name) < place);
  if (twice !== undefined) throw new Failure(`Two fields would have the filter "${twice.name}". Rename one.`);
  return {
    ...names,
    ...parts,
    ...importsOf(parts),
    ...repositoryOf(parts, names),
    ...ownershipOf(parts),
    ...testsOf(parts, names),
    article: articleOf(names.label),
    indexes,
    storedName: nullables.length > 0 ? 'storedFields' : 'fields',
    searchExpression: searchExpression(parts.searched),
    errors: errorsOf(fields, names),
    writeErrors: fields.flatMap((field) => errorsOfField(field, names).map(({ name }) => name)),
  };
}

export type ModuleModel = ReturnType<typeof modelModule>;
