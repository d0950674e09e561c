import { Failure } from './failure.ts';
import { ownClasses, ownVariables, sqlWords, typescriptWords } from './reserved.ts';

/** All names that are derived from the name of a module. */
export interface ModuleNames {
  /** `credit-notes`: the name of the module, and of its folder and path. */
  readonly module: string;
  /** `credit-note`: the prefix of the module's file names. */
  readonly singular: string;
  /** `credit_notes`: the name of the table. */
  readonly table: string;
  /** `CreditNote`: the class of the entity. */
  readonly Entity: string;
  /** `CreditNotes`: the plural of the class name. */
  readonly Entities: string;
  /** `creditNote`: a variable for one entry. */
  readonly one: string;
  /** `creditNotes`: a variable for several entries. */
  readonly many: string;
  /** `credit note`: one entry, in sentences. */
  readonly label: string;
  /** `credit notes`: several entries, in sentences. */
  readonly labels: string;
  /** `CREDIT_NOTES`: the prefix of the module's error codes. */
  readonly code: string;
}

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const toCamel = (kebab: string): string =>
  kebab.replace(/-([a-z0-9])/g, (_dash, letter: string) => letter.toUpperCase());

export const toSnake = (camel: string): string =>
  camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const toKebab = (camel: string): string => toSnake(camel).replace(/^_/, '').replaceAll('_', '-');

/** Splits a camel-case name into words: `dueOn` → `due on`. */
export const toWords = (camel: string): string => toSnake(camel).replaceAll('_', ' ');

const endings: readonly [RegExp, string][] = [
  [/(?<=[a-z]{2})ies$/, 'y'],
  [/(?<=(?:ho|ca|cla|pa)use|cache)s$/, ''],
  [/(?<=ss|sh|ch|x|zz|us)es$/, ''],
  [/(?<![su])s$/, ''],
];

/**
 * Returns the singular of an English plural: categories → category, addresses → address. For irregular plurals, the
 * user must pass `--singular`.
 */
export function singularOf(plural: string): string | undefined {
  const ending = endings.find(([pattern]) => pattern.test(plural));
  return ending === undefined ? undefined : plural.replace(...ending);
}

const form = /^[a-z][a-z]*(?:-[a-z]+)*$/;

// The longest name that the generator accepts, in letters. Names become parts of file and table names, and PostgreSQL
// allows at most 63 bytes.
const longest = 63;

/** Throws a `Failure` for a name that is longer than PostgreSQL allows. */
export function assertLength(name: string): void {
  if (name.length > longest)
    throw new Failure(`"${name}" is longer than ${longest} letters. Choose a shorter name.`);
}

function assertForm(name: string, what: string): void {
  if (!form.test(name))
    throw new Failure(
      `"${name}" is not a valid ${what}. Use lower-case letters with - between words, such as invoices or credit-notes.`,
    );
  assertLength(name);
}

function assertFree(names: ModuleNames): void {
  const { module, one, many, table, Entity } = names;
  const taken =
    [one, many].find((name) => typescriptWords.has(name) || ownVariables.has(name)) ??
    (sqlWords.has(table) ? table : undefined) ??
    (ownClasses.has(Entity) || Entity in globalThis ? Entity : undefined);
  if (taken !== undefined)
    throw new Failure(
      `The module "${module}" would need the name "${taken}", which TypeScript, SQL or the generated code already uses. Choose another name or another --singular.`,
    );
}

/** Returns all names of a module. Throws a `Failure` if the name is invalid or reserved. */
export function nameModule(module: string, singular = singularOf(module)): ModuleNames {
  assertForm(module, 'module name');
  if (singular === undefined)
    throw new Failure(
      `Cannot derive the singular of "${module}". Name the module in the plural, or pass the singular, for example --singular sheep-record.`,
    );
  assertForm(singular, 'singular');
  if (singular === module)
    throw new Failure(`The singular of "${module}" must be a different word. Pass it with --singular.`);
  const names: ModuleNames = {
    module,
    singular,
    table: module.replaceAll('-', '_'),
    Entity: capitalize(toCamel(singular)),
    Entities: capitalize(toCamel(module)),
    one: toCamel(singular),
    many: toCamel(module),
    label: singular.replaceAll('-', ' '),
    labels: module.replaceAll('-', ' '),
    code: module.replaceAll('-', '_').toUpperCase(),
  };
  assertFree(names);
  return names;
}
