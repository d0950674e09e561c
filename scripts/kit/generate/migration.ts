import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../../src/config/environment.ts';
import type { Database } from '../../../src/db/database.ts';
import { type Drift, findDrift, migrate } from '../../../src/db/migrate.ts';
import { modules } from '../../../src/modules.ts';
import { createDatabase, loadModulesConfig } from '../../../src/process/dependencies.ts';
import { withDatabase } from '../../../dev/open-database.ts';
import { nextStamp, renderMigration } from '../migration-text.ts';
import { withScratchDatabase } from '../../lib/scratch-database.ts';
import { editing, FileTransaction } from './changes.ts';
import { Failure } from './failure.ts';
import { assertLength, toKebab } from './names.ts';
import { type PersonalColumn, personalColumns } from './personal-columns.ts';
import { nameColumns } from './privacy.ts';
import { findModule, root } from './project.ts';
import { formatted } from './render.ts';
import { addImport, appendToModule } from './typescript.ts';

/**
 * Maps a module name to the differences between its entities and its tables. Tables that belong to no module are listed
 * under the key of the kernel.
 */
export type DriftByModule = ReadonlyMap<string, Drift>;

interface Differences {
  readonly byModule: DriftByModule;
  readonly database: string;
  /** Maps a module to the columns of its tables that docs/privacy.md must list. */
  readonly personal: ReadonlyMap<string, readonly PersonalColumn[]>;
}

const kernel = 'the kernel (src/process/kernel-tables.ts)';

const owners = new Map<unknown, string>(
  modules.flatMap(({ name, entities }) => entities.map((entity) => [entity, name] as const)),
);

/**
 * Returns the differences by module. Tries the module `expected` before the others, because it probably differs and
 * each comparison reads the whole schema, which takes long.
 */
async function driftByModule(db: Database, expected?: string): Promise<DriftByModule> {
  const driftOf = (name: string): Promise<Drift> =>
    findDrift(db, (entity) => (owners.get(entity) ?? kernel) === name);
  const all = await findDrift(db);
  const found = new Map<string, Drift>();
  if (all.up.length === 0) return found;
  if (expected !== undefined) {
    const drift = await driftOf(expected);
    if (drift.up.length === all.up.length) return found.set(expected, drift);
  }
  for (const name of [kernel, ...modules.map((module) => module.name)]) {
    const drift = await driftOf(name);
    if (drift.up.length > 0) found.set(name, drift);
  }
  return found;
}

const personalByModule = ({ dataSource }: Database): Differences['personal'] =>
  new Map(
    modules.map(({ name }) => [
      name,
      dataSource.entityMetadatas
        .filter(({ target }) => owners.get(target) === name)
        .flatMap(({ columns }) => personalColumns(columns)),
    ]),
  );

/** Compares the entities of each module with a new database to which all migrations were applied. */
export const readDrift = (expected?: string): Promise<Differences> =>
  withDatabase((environment: Environment) =>
    withScratchDatabase(environment, async (url, database) => {
      const db = createDatabase(loadModulesConfig({ ...environment, DATABASE_URL: url }, modules), modules);
      await db.connect();
      try {
        await migrate(db);
        const byModule = await driftByModule(db, expected);
        return { byModule, database, personal: personalByModule(db) };
      } finally {
        await db.close();
      }
    }),
  );

const usage = 'npm run generate migration AddNote -- --module users';

/** The module to write a migration for. If `isOnly` is true, differences of other modules are ignored. */
interface Choice {
  readonly module: string;
  readonly isOnly?: boolean | undefined;
}

const listed = (names: readonly string[]): string => names.map((name) => `  ${name}`).join('\n');

/**
 * Returns the differences of the module. Throws a `Failure` if there are none, or if other modules have differences
 * too.
 */
export function chooseDrift(byModule: DriftByModule, { module, isOnly = false }: Choice): Drift {
  const others = [...byModule.keys()].filter((name) => name !== module);
  const drift = byModule.get(module);
  if (drift === undefined) {
    const hint = others.length === 0 ? '' : ` These modules differ:\n${listed(others)}`;
    throw new Failure(`There is nothing to migrate: the entities of ${module} match its migrations.${hint}`);
  }
  if (others.length > 0 && !isOnly)
    throw new Failure(
      `Other modules also differ from their migrations:\n${listed(others)}\nGenerate their migrations or undo their changes first, or add --only to write the migration of ${module} alone.`,
    );
  return drift;
}

const privacyPage = 'docs/privacy.md';

/**
 * Writes a migration with the differences of a module and adds it to the module. Also lists new columns in
 * docs/privacy.md and updates the generated files. If a step fails, undoes everything. Returns the text to print.
 */
export async function writeMigration(name: string, choice: Choice): Promise<string> {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
    throw new Failure(`Pass a name in PascalCase that describes the migration, and the module: ${usage}`);
  assertLength(name);
  const module = findModule(choice.module);
  const { byModule, database, personal } = await readDrift(module.name);
  const drift = chooseDrift(byModule, choice);
  const stamp = nextStamp(await readdir(join(root, 'src'), { recursive: true }), Date.now());
  const className = `${name}${stamp}`;
  const file = `migrations/${stamp}-${toKebab(name)}.ts`;
  const [path, index] = [`src/api/${module.name}/${file}`, `src/api/${module.name}/index.ts`];
  const before = await readFile(join(root, index), 'utf8');
  const imported = addImport(index, before, [className], `./${file}`);
  const after = appendToModule(index, imported, 'migrations', className, 'entities');
  const privacy = await editing(privacyPage, 'lists the new columns', (page) =>
    formatted(privacyPage, nameColumns(page, module.name, personal.get(module.name) ?? [])),
  );
  const isNamed = privacy.before === privacy.after;
  const transaction = new FileTransaction();
  try {
    await transaction.write([
      {
        path,
        before: null,
        after: await formatted(path, renderMigration(className, { ...drift, database })),
      },
      { path: index, before, after: await formatted(index, after) },
      ...(isNamed ? [] : [privacy]),
    ]);
    // Write the files in this process, which has already loaded the modules. Another process would take seconds to load
    // them.
    const { writeGeneratedFiles } = await import('../../contract/generated-files.ts');
    await writeGeneratedFiles();
  } catch (error) {
    await transaction.rollBack();
    throw error;
  }
  const columnsNote = isNamed ? '' : `Added new columns to: ${privacyPage}. Describe what they hold.\n`;
  return `Written: ${path}\nListed in: ${index}\n${columnsNote}Review the migration before you commit it.\n`;
}
