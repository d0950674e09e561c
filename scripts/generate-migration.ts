import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import type { Environment } from '../src/config/environment.ts';
import { findDrift, migrate, type SqlQuery } from '../src/db/migrate.ts';
import { modules } from '../src/modules.ts';
import { createDatabase, loadModulesConfig } from '../src/parts.ts';
import { withDatabase } from './embedded.ts';
import { renderMigration } from './migration-text.ts';
import { withScratchDatabase } from './scratch-database.ts';

interface Drift {
  readonly up: SqlQuery[];
  readonly down: SqlQuery[];
  readonly database: string;
}

/** What the entities say that the migrations do not, seen on an empty database with all migrations done. */
const readDrift = (environment: Environment): Promise<Drift> =>
  withScratchDatabase(environment, async (url, database) => {
    const db = createDatabase(loadModulesConfig({ ...environment, DATABASE_URL: url }, modules), modules);
    await db.connect();
    try {
      await migrate(db);
      return { ...(await findDrift(db)), database };
    } finally {
      await db.close();
    }
  });

const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

async function write(
  drift: Drift,
  name: string,
  moduleName: string,
): Promise<{ className: string; path: string }> {
  const stamp = Date.now();
  const className = `${name}${stamp}`;
  const path = resolve(import.meta.dirname, `../src/api/${moduleName}/migrations/${stamp}-${kebab(name)}.ts`);
  const text = await format(renderMigration(className, drift), {
    ...(await resolveConfig(path)),
    filepath: path,
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
  return { className, path };
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, module: { type: 'string' } },
});
const [name = ''] = positionals;
const moduleName = values.module ?? '';

if (values.check === true) {
  const { up } = await withDatabase(readDrift);
  const statements = up.map(({ query }) => `  ${query}`).join('\n');
  if (up.length > 0)
    fail(`The entities say what no migration does: run \`npm run db:generate\`.\n${statements}`);
} else if (!/^[A-Z][A-Za-z0-9]+$/.test(name) || !modules.some((module) => module.name === moduleName)) {
  const names = modules.map((module) => module.name).join(', ');
  fail(
    `Say what the migration does and whose it is: npm run db:generate -- AddColour --module products (${names}).`,
  );
} else {
  const drift = await withDatabase(readDrift);
  if (drift.up.length === 0) fail('There is nothing to migrate: the entities say what the migrations do.');
  else {
    const { className, path } = await write(drift, name, moduleName);
    const folder = resolve(import.meta.dirname, `../src/api/${moduleName}`);
    const lines = [
      `Written: ${relative(process.cwd(), path)}`,
      `Read it, then list it in src/api/${moduleName}/index.ts:`,
      `  import { ${className} } from './${relative(folder, path)}';`,
      `  migrations: [… ${className}],`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
