import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createApp, type App } from './app.ts';
import { ConfigError, type Config } from './config/config.ts';
import { loadEnvironment, type Environment } from './config/environment.ts';
import { idleEnvironment } from './config/idle-environment.ts';
import type { Command, ModuleDefinition } from './module.ts';
import type { ColumnCipher } from './core/ports.ts';
import type { Database } from './db/database.ts';
import { reencrypt } from './db/encryption.ts';
import { assertMigrated, migrate, rollback } from './db/migrate.ts';
import { modules as allModules } from './modules.ts';
import { createDependencies, loadModulesConfig } from './process/dependencies.ts';
import { asksForHelp, reasonOf } from './utils/command-line.ts';
import { describePostgresUrl } from './utils/postgres-url.ts';

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
    summary: 'Run the pending migrations',
    options: {},
    run: async ({ db }) => {
      const names = await migrate(db);
      return names.length === 0 ? 'The database is up to date.' : `Migrated: ${names.join(', ')}.`;
    },
  },
  'db:rollback': {
    summary: 'Revert the newest migration',
    options: {},
    run: async ({ db }) => {
      const name = await rollback(db);
      return name === null ? 'There is no migration to revert.' : `Reverted: ${name}.`;
    },
  },
  'db:seed': {
    summary: 'Add demo data if there is none; not in production',
    options: {},
    run: async ({ app, config }) => {
      if (config.isProduction) throw new Error('Demo data has known passwords and is refused in production.');
      const lines: string[] = [];
      for (const { seed } of app.modules.instances.values()) if (seed !== undefined) lines.push(await seed());
      return `Demo data: ${lines.join('; ')}.`;
    },
  },
  'data:reencrypt': {
    summary: 'Encrypt columns with the current key if they have another or none',
    options: {},
    run: async ({ db, cipher, modules }) => {
      const columns = modules.flatMap(({ encryptedColumns }) => encryptedColumns);
      const lines = (await reencrypt(db, cipher, columns)).map(
        ({ name, values, renewed }) => `${name} ${renewed} of ${values}`,
      );
      return `Re-encrypted: ${lines.join('; ')}.`;
    },
  },
};

// The timeout is long, because no caller waits for a command, and the first connection can take this long on a slow
// machine.
const queryTimeoutMs = 60_000;

/** The commands that create or remove tables. All other commands require a migrated database. */
const schemaCommands = new Set(['db:migrate', 'db:rollback']);

type Commands = ReadonlyMap<string, Pick<Command, 'summary' | 'options'>>;

function usage(commands: Commands): string {
  const width = Math.max(...[...commands.keys()].map(({ length }) => length));
  const lines = [...commands].flatMap(([name, { summary, options }]) => [
    `  ${name.padEnd(width)} ${summary}`,
    ...Object.entries(options).map(([option, text]) => `      --${option.padEnd(10)} ${text}`),
  ]);
  return ['Commands:', ...lines].join('\n');
}

const commandsOf = (app: App): Commands =>
  new Map<string, Pick<Command, 'summary' | 'options'>>([
    ...Object.entries(builtIns),
    ...app.modules.commands,
  ]);

/** Returns the commands of a service with these modules. Reads no settings. */
async function readCommands(modules: readonly ModuleDefinition[]): Promise<Commands> {
  const app = createApp(createDependencies(loadModulesConfig(idleEnvironment(), modules), modules), modules);
  await app.stop();
  return commandsOf(app);
}

type CommandOptions = Readonly<Record<string, string | undefined>>;

/**
 * Returns the options that were passed to a command. For an unknown command or option, throws an error with the usage.
 */
function readOptions(commands: Commands, name: string, args: readonly string[]): CommandOptions {
  const command = commands.get(name);
  if (command === undefined) {
    const reason = name.startsWith('-') ? `Unknown option '${name}'` : `There is no command "${name}"`;
    throw new Error(`${reason}.\n${usage(commands)}`);
  }
  const options = Object.fromEntries(
    Object.keys(command.options).map((key) => [key, { type: 'string' as const }]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new Error(`${reasonOf(error)}.\n${usage(new Map([[name, command]]))}`, { cause: error });
  }
}

/**
 * Runs a command in this environment and returns the text to print. If it fails, throws an error that says what to do.
 */
export async function runCommand(
  name: string,
  args: readonly string[],
  env: Environment,
  modules: readonly ModuleDefinition[] = allModules,
): Promise<string> {
  const config = loadModulesConfig(env, modules);
  // Disable the log of slow queries, because a command may run such queries, and log lines would disturb its output.
  const dependencies = createDependencies({ ...config, slowQueryMs: 0 }, modules, { queryTimeoutMs });
  const { db } = dependencies;
  const app = createApp(dependencies, modules);
  try {
    const values = readOptions(commandsOf(app), name, args);
    await db.connect();
    if (!schemaCommands.has(name)) await assertMigrated(db);
    const builtIn = builtIns[name];
    const output = builtIn
      ? await builtIn.run({ app, db, config, cipher: dependencies.cipher, modules })
      : await app.modules.commands.get(name)?.run(values);
    return `${output ?? ''} (${describePostgresUrl(config.DATABASE_URL)})`;
  } finally {
    await app.stop();
    dependencies.redis?.disconnect();
    await db.close();
  }
}

/** If the arguments ask for help, returns the usage of the command, or of all commands. Otherwise returns null. */
function helpFor(commands: Commands, name: string, args: readonly string[]): string | null {
  if (name === 'help' || asksForHelp([name])) return usage(commands);
  if (!asksForHelp(args)) return null;
  const command = commands.get(name);
  return usage(command === undefined ? commands : new Map([[name, command]]));
}

/** Creates the environment for a command and runs `work` with it. Afterwards closes everything that it opened. */
type OpenEnvironment = (work: (env: Environment) => Promise<void>) => Promise<void>;

/**
 * Runs the command that the arguments name and sets the exit code. Parses the arguments first, so that a typing error
 * is reported before the environment is opened.
 */
export async function main(
  env: Environment | OpenEnvironment,
  modules: readonly ModuleDefinition[] = allModules,
): Promise<void> {
  const [name = 'help', ...args] = process.argv.slice(2);
  const open: OpenEnvironment = typeof env === 'function' ? env : (work) => work(env);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    const commands = await readCommands(modules);
    const help = helpFor(commands, name, args);
    if (help !== null) {
      print(help);
      return;
    }
    readOptions(commands, name, args);
    await open(async (opened) => {
      print(await runCommand(name, args, opened, modules));
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof ConfigError ? 78 : 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main((work) => work(loadEnvironment('production')));
