import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../src/config/environment.ts';
import { findDrift, migrate, type SqlQuery } from '../../src/db/migrate.ts';
import { modules } from '../../src/modules.ts';
import { createDatabase, loadModulesConfig } from '../../src/parts.ts';
import { withDatabase } from '../embedded.ts';
import { renderMigration } from '../migration-text.ts';
import { withScratchDatabase } from '../scratch-database.ts';
import { Writing } from './changes.ts';
import { Failure } from './failure.ts';
import { toKebab } from './names.ts';
import { findModule, root } from './project.ts';
import { formatted } from './render.ts';
import { addImport, appendToModule } from './typescript.ts';

interface Drift {
  readonly up: SqlQuery[];
  readonly down: SqlQuery[];
  readonly database: string;
}

/** What the entities say that the migrations do not, seen on an empty database with all migrations done. */
export const readDrift = (): Promise<Drift> =>
  withDatabase((environment: Environment) =>
    withScratchDatabase(environment, async (url, database) => {
      const db = createDatabase(loadModulesConfig({ ...environment, DATABASE_URL: url }, modules), modules);
      await db.connect();
      try {
        await migrate(db);
        return { ...(await findDrift(db)), database };
      } finally {
        await db.close();
      }
    }),
  );

const usage = 'npm run generate migration AddColour -- --module products';

/** Writes what the entities say and no migration does as a migration of this module, and lists it there; gives both paths. */
export async function writeMigration(name: string, moduleName: string): Promise<string[]> {
  if (!/^[A-Z][A-Za-z0-9]+$/.test(name))
    throw new Failure(`Say in PascalCase what the migration does, and whose it is: ${usage}`);
  const module = findModule(moduleName);
  const drift = await readDrift();
  if (drift.up.length === 0)
    throw new Failure('There is nothing to migrate: the entities say what the migrations do.');
  const stamp = Date.now();
  const className = `${name}${stamp}`;
  const file = `migrations/${stamp}-${toKebab(name)}.ts`;
  const [path, index] = [`src/api/${module.name}/${file}`, `src/api/${module.name}/index.ts`];
  const before = await readFile(join(root, index), 'utf8');
  const imported = addImport(index, before, [className], `./${file}`);
  const listed = appendToModule(index, imported, 'migrations', className, 'entities');
  await new Writing().write([
    { path, before: null, after: await formatted(path, renderMigration(className, drift)) },
    { path: index, before, after: await formatted(index, listed) },
  ]);
  return [path, index];
}
