import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createApp, type App } from './app.ts';
import { ConfigError, type Config } from './config/config.ts';
import { loadEnvironment, type Environment } from './config/environment.ts';
import type { Command, ModuleDefinition } from './core/module.ts';
import type { ColumnCipher } from './core/ports.ts';
import type { Database } from './db/database.ts';
import { reencrypt } from './db/encryption.ts';
import { assertMigrated, migrate, rollback } from './db/migrate.ts';
import { modules as allModules } from './modules.ts';
import { createParts, loadModulesConfig } from './parts.ts';

interface CommandContext {
  readonly app: App;
  readonly db: Database;
  readonly config: Config;
  readonly cipher: ColumnCipher;
  readonly modules: readonly ModuleDefinition[];
}

type BuiltIn = Pick<Command, 'summary' | 'options'> & { run(context: CommandContext): Promise<string> };

const builtIns: Readonly<Record<string, BuiltIn>> = {
  'db:migrate': {
    summary: 'Carry out the migrations that the database has not had',
    options: {},
    run: async ({ db }) => {
      const names = await migrate(db);
      return names.length === 0 ? 'The database is up to date.' : `Migrated: ${names.join(', ')}.`;
    },
  },
  'db:rollback': {
    summary: 'Take back the newest migration',
    options: {},
    run: async ({ db }) => {
      const name = await rollback(db);
      return name === null ? 'There is no migration to take back.' : `Taken back: ${name}.`;
    },
  },
  'db:seed': {
    summary: 'Add demo data where there is none; not in production',
    options: {},
    run: async ({ app, config }) => {
      if (config.isProduction) throw new Error('Demo data has known passwords and is refused in production.');
      const lines: string[] = [];
      for (const { seed } of app.modules.instances.values()) if (seed !== undefined) lines.push(await seed());
      return `Demo data: ${lines.join('; ')}.`;
    },
  },
  'data:reencrypt': {
    summary: 'Encrypt with the current key what was stored with another, or with none',
    options: {},
    run: async ({ db, cipher, modules }) => {
      const columns = modules.flatMap(({ encryptedColumns }) => encryptedColumns);
      const lines = (await reencrypt(db, cipher, columns)).map(
        ({ name, values, renewed }) => `${name} ${renewed} of ${values}`,
      );
      return `Encrypted anew: ${lines.join('; ')}.`;
    },
  },
};

/** The commands that make the tables; all others find them made. */
const schemaCommands = new Set(['db:migrate', 'db:rollback']);

/** The server and database of an address, without its credentials. */
export function placeOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

function usage(commands: ReadonlyMap<string, Pick<Command, 'summary' | 'options'>>): string {
  const lines = [...commands].flatMap(([name, { summary, options }]) => [
    `  ${name.padEnd(14)} ${summary}`,
    ...Object.entries(options).map(([option, text]) => `      --${option.padEnd(10)} ${text}`),
  ]);
  return ['Commands:', ...lines].join('\n');
}

/** Runs one command of the command line in this environment; gives what to print. Throws with what to do. */
export async function runCommand(
  name: string,
  args: readonly string[],
  env: Environment,
  modules: readonly ModuleDefinition[] = allModules,
): Promise<string> {
  const config = loadModulesConfig(env, modules);
  // What is printed is the answer, and nobody waits for it as they do for a request's.
  const parts = createParts({ ...config, SLOW_QUERY_MS: 0 }, modules);
  const { db } = parts;
  const app = createApp(parts, modules);
  const commands = new Map<string, Pick<Command, 'summary' | 'options'>>([
    ...Object.entries(builtIns),
    ...app.modules.commands,
  ]);
  try {
    if (name === 'help' || name === '--help') return usage(commands);
    const command = commands.get(name);
    if (command === undefined) throw new Error(`There is no command "${name}".\n${usage(commands)}`);
    const options = Object.fromEntries(
      Object.keys(command.options).map((key) => [key, { type: 'string' as const }]),
    );
    const { values } = parseArgs({ args: [...args], options, strict: true });
    await db.connect();
    if (!schemaCommands.has(name)) await assertMigrated(db);
    const builtIn = builtIns[name];
    const said = builtIn
      ? await builtIn.run({ app, db, config, cipher: parts.cipher, modules })
      : await app.modules.commands.get(name)?.run(values);
    return `${said ?? ''} (${placeOf(config.DATABASE_URL)})`;
  } finally {
    await app.stop();
    parts.redis?.disconnect();
    await db.close();
  }
}

/** Runs the command that the arguments name and sets the exit code. */
export async function main(
  env: Environment,
  modules: readonly ModuleDefinition[] = allModules,
): Promise<void> {
  const [name = 'help', ...args] = process.argv.slice(2);
  try {
    process.stdout.write(`${await runCommand(name, args, env, modules)}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof ConfigError ? 78 : 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(loadEnvironment('production'));
