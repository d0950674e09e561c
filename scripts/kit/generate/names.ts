import { Failure } from './failure.ts';
import { ownClasses, ownVariables, sqlWords, typescriptWords } from './reserved.ts';

/** Everything that a module's name turns into. */
export interface ModuleNames {
  /** `credit-notes`: the folder, the path and the name of the module. */
  readonly module: string;
  /** `credit-note`: how its files begin. */
  readonly singular: string;
  /** `credit_notes` */
  readonly table: string;
  /** `CreditNote` */
  readonly Entity: string;
  /** `CreditNotes` */
  readonly Entities: string;
  /** `creditNote` */
  readonly one: string;
  /** `creditNotes` */
  readonly many: string;
  /** `credit note`, in sentences. */
  readonly label: string;
  /** `credit notes`, in sentences. */
  readonly labels: string;
  /** `CREDIT_NOTES`: how its error codes begin. */
  readonly code: string;
}

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const toCamel = (kebab: string): string =>
  kebab.replace(/-([a-z0-9])/g, (_dash, letter: string) => letter.toUpperCase());

export const toSnake = (camel: string): string =>
  camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const toKebab = (camel: string): string => toSnake(camel).replace(/^_/, '').replaceAll('_', '-');

/** `dueOn` → `due on`, in sentences. */
export const toWords = (camel: string): string => toSnake(camel).replaceAll('_', ' ');

const endings: readonly [RegExp, string][] = [
  [/(?<=[a-z]{2})ies$/, 'y'],
  [/(?<=(?:ho|ca|cla|pa)use|cache)s$/, ''],
  [/(?<=ss|sh|ch|x|zz|us)es$/, ''],
  [/(?<![su])s$/, ''],
];

/** The English singular: categories → category, addresses → address, invoices → invoice; `--singular` tells others. */
export function singularOf(plural: string): string | undefined {
  const ending = endings.find(([pattern]) => pattern.test(plural));
  return ending === undefined ? undefined : plural.replace(...ending);
}

const form = /^[a-z][a-z]*(?:-[a-z]+)*$/;

// A file is called like it, and a table.
const longest = 63;

/** Throws a `Failure` for a name that is longer than PostgreSQL keeps. */
export function assertLength(name: string): void {
  if (name.length > longest)
    throw new Failure(`"${name}" is longer than ${longest} letters: choose a shorter name.`);
}

function assertForm(name: string, what: string): void {
  if (!form.test(name))
    throw new Failure(
      `"${name}" is no ${what}: use small letters, with a - between words, such as invoices or credit-notes.`,
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
      `The module "${module}" would need the name "${taken}", which TypeScript, SQL or the generated code uses: choose another name, or another --singular.`,
    );
}

/** All names of a module; throws a `Failure` for one that cannot be used. */
export function nameModule(module: string, singular = singularOf(module)): ModuleNames {
  assertForm(module, 'name of a module');
  if (singular === undefined)
    throw new Failure(
      `The singular of "${module}" is not known: call the module by its plural, or name it, as --singular sheep-record.`,
    );
  assertForm(singular, 'singular');
  if (singular === module)
    throw new Failure(`The singular of "${module}" must be another word: --singular names it.`);
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
