import type { Field, FieldTypeName } from './field.ts';

/** The options of `@Column` without name and nullability. They are either a type, or a constant of `db/columns.ts`. */
type ColumnShape =
  { readonly type: string; readonly options?: readonly string[] } | { readonly shared: string };

/** The code that a field of this type adds to the files of a module. Strings contain TypeScript source. */
export interface FieldType {
  readonly column: (field: Field) => ColumnShape;
  /** The type of the property in the entity. For an enum, the caller replaces it with the enum's own type. */
  readonly stored: string;
  readonly schema: (field: Field) => string;
  /** Names to import from `core/schema.ts`. */
  readonly schemaImports: readonly string[];
  /** Names to import from `core/moment.ts`. */
  readonly momentImports?: readonly string[];
  /** How lists are sorted by such a field. Undefined if lists cannot be sorted by it. */
  readonly sort?: 'text' | 'number' | 'moment' | 'day' | 'decimal';
  /** How lists are filtered by such a field. Undefined if lists cannot be filtered by it. */
  readonly filter?: 'equals' | 'bounds' | 'period';
  readonly isSearched?: true;
  /** The allowed range of `min` and `max`, and what they limit. Undefined if the type has no `min` and `max`. */
  readonly bounds?: { readonly least: number; readonly most: number; readonly of: string };
  readonly canBeUnique: boolean;
  /** Returns a lower and a higher value as they are written in JSON. */
  readonly samples: (field: Field) => readonly [string, string];
  /** Returns an expression with another value for each `count`. */
  readonly counted?: (field: Field) => string;
  /** Returns an invalid value and the name of the rule that it breaks. */
  readonly wrong: (field: Field) => readonly [string, string];
}

const quote = (text: string): string => `'${text}'`;
const group = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, '_');
const maxInt = 2_147_483_647;
const maxBig = Number.MAX_SAFE_INTEGER;

const textSamples = ({ min = 1, max = Infinity }: Field): readonly [string, string] => {
  const fits = (word: string) => word.length >= min && word.length <= max;
  const lengthened = (letter: string) => letter.repeat(Math.max(min, 1));
  return fits('Ash') && fits('Birch')
    ? [quote('Ash'), quote('Birch')]
    : [quote(lengthened('X')), quote(lengthened('Y'))];
};

const textType = (most: number, usual: number): FieldType => ({
  column: () => ({ type: 'text' }),
  stored: 'string',
  schema: ({ min = 1, max = usual }) => `text(${min}, ${group(max)})`,
  schemaImports: ['text'],
  isSearched: true,
  bounds: { least: 0, most, of: 'characters' },
  canBeUnique: false,
  samples: textSamples,
  counted: ({ min = 1 }) => (min <= 1 ? 'String(count)' : `String(count).padStart(${min}, '0')`),
  wrong: ({ max = usual }) => [`'n'.repeat(${group(max + 1)})`, 'string.max'],
});

const wholeSamples = (least: number, { min, max }: Field): readonly [string, string] => {
  const low = min ?? Math.min(1, (max ?? maxInt) - 1);
  return [group(Math.max(low, least)), group(Math.max(low, least) + 1)].map((text) =>
    text.replace(/^-_/, '-'),
  ) as [string, string];
};

const wholeType = (column: FieldType['column'], most: number, mostName: string): FieldType => ({
  column,
  stored: 'number',
  schema: ({ min, max }) =>
    `integer(${min === undefined ? `-${mostName}` : group(min)}, ${max === undefined ? mostName : group(max)})`,
  schemaImports: ['integer'],
  sort: 'number',
  filter: 'bounds',
  bounds: { least: -most, most, of: 'the number' },
  canBeUnique: true,
  samples: (field) => wholeSamples(-most, field),
  counted: (field) => `${wholeSamples(-most, field)[0]} + count`,
  wrong: () => ['1.5', 'number.integer'],
});

const decimalSample = (whole: string, [precision, scale]: Field['digits']): string =>
  quote(`${whole.slice(0, precision - scale)}.${'5'.padEnd(scale, '0')}`);

/** Returns the arguments of a field's `@Column`. */
export function columnArguments(field: Field): string {
  const shape = fieldTypes[field.type].column(field);
  const options = [
    ...(field.column === field.property ? [] : [`name: ${quote(field.column)}`]),
    ...('shared' in shape ? [`...${shape.shared}`] : (shape.options ?? [])),
    ...(field.isNullable ? ['nullable: true'] : []),
  ];
  const all = options.length === 0 ? [] : [`{ ${options.join(', ')} }`];
  return ('shared' in shape ? all : [quote(shape.type), ...all]).join(', ');
}

export const fieldTypes: Readonly<Record<FieldTypeName, FieldType>> = {
  // Limit the length, because a cursor contains the value, and a cursor must fit into a URL.
  string: { ...textType(200, 200), sort: 'text', canBeUnique: true },
  text: textType(20_000, 5_000),
  int: wholeType(() => ({ type: 'integer' }), maxInt, group(maxInt)),
  bigint: wholeType(() => ({ shared: 'bigNumber' }), maxBig, 'Number.MAX_SAFE_INTEGER'),
  decimal: {
    column: ({ digits: [precision, scale] }) => ({
      type: 'numeric',
      options: [`precision: ${precision}`, `scale: ${scale}`],
    }),
    stored: 'string',
    schema: ({ digits, min }) => `decimal(${digits[0]}, ${digits[1]}${min === 0 ? ', { min: 0 }' : ''})`,
    schemaImports: ['decimal'],
    sort: 'decimal',
    filter: 'bounds',
    bounds: { least: 0, most: 0, of: 'the number' },
    canBeUnique: true,
    samples: ({ digits }) => [decimalSample('1', digits), decimalSample('2', digits)],
    counted: ({ digits }) => `\`\${count}.${'0'.repeat(digits[1])}\``,
    wrong: () => [quote('1'), 'string.pattern.base'],
  },
  bool: {
    column: () => ({ type: 'boolean' }),
    stored: 'boolean',
    schema: () => 'Joi.boolean()',
    schemaImports: [],
    filter: 'equals',
    canBeUnique: false,
    samples: () => ['false', 'true'],
    wrong: () => [quote('yes'), 'boolean.base'],
  },
  date: {
    column: () => ({ type: 'date' }),
    stored: 'string',
    schema: () => 'dayText()',
    schemaImports: [],
    momentImports: ['dayText'],
    sort: 'day',
    filter: 'period',
    canBeUnique: true,
    samples: () => [quote('2026-01-31'), quote('2026-02-28')],
    counted: () => 'new Date(Date.UTC(2026, 0, count)).toISOString().slice(0, 10)',
    wrong: () => [quote('2026-02-31'), 'string.pattern.base'],
  },
  datetime: {
    column: () => ({ shared: 'moment' }),
    stored: 'Date',
    schema: () => 'momentText()',
    schemaImports: [],
    momentImports: ['momentText'],
    sort: 'moment',
    filter: 'period',
    canBeUnique: true,
    samples: () => [quote('2026-01-31T09:30:00.000Z'), quote('2026-02-28T09:30:00.000Z')],
    counted: () => 'new Date(Date.UTC(2026, 0, count)).toISOString()',
    wrong: () => [quote('2026-02-31T09:30:00Z'), 'string.pattern.base'],
  },
  enum: {
    column: () => ({ type: 'text' }),
    stored: 'string',
    schema: ({ values }) => `oneOf(${values.map(quote).join(', ')})`,
    schemaImports: ['oneOf'],
    filter: 'equals',
    canBeUnique: false,
    samples: ({ values }) => [quote(values[0] ?? ''), quote(values[1] ?? '')],
    wrong: ({ isNullable }) => [quote('none of these'), isNullable ? 'alternatives.types' : 'any.only'],
  },
  uuid: {
    column: () => ({ type: 'uuid' }),
    stored: 'string',
    schema: () => 'uuid()',
    schemaImports: ['uuid'],
    filter: 'equals',
    canBeUnique: true,
    samples: () => [
      quote('0195f2d0-0000-7000-8000-000000000001'),
      quote('0195f2d0-0000-7000-8000-000000000002'),
    ],
    counted: () => 'randomUUID()',
    wrong: () => [quote('12'), 'string.guid'],
  },
  email: {
    column: () => ({ type: 'text' }),
    stored: 'string',
    schema: () => 'email()',
    schemaImports: ['email'],
    sort: 'text',
    filter: 'equals',
    canBeUnique: true,
    samples: () => [quote('ada@example.com'), quote('grace@example.com')],
    counted: () => '`person${count}@example.com`',
    wrong: () => [quote('nobody'), 'string.email'],
  },
  json: {
    column: () => ({ type: 'jsonb' }),
    stored: 'object',
    schema: () => 'freeForm(16_384)',
    schemaImports: ['freeForm'],
    canBeUnique: false,
    samples: () => [`[{ item: 'A', quantity: 2 }]`, `{ note: 'B' }`],
    wrong: () => [quote('text'), 'alternatives.types'],
  },
  ref: {
    column: () => ({ type: 'uuid' }),
    stored: 'string',
    schema: () => 'uuid()',
    schemaImports: ['uuid'],
    filter: 'equals',
    canBeUnique: true,
    samples: () => ['', ''],
    wrong: () => [quote('12'), 'string.guid'],
  },
};
