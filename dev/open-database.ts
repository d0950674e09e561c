import { constants } from 'node:os';
import { resolve } from 'node:path';
import type { Environment } from '../src/config/environment.ts';
import { readTextFile } from '../src/config/text-file.ts';
import { ensureDatabase, startEmbeddedServer } from './embedded/server.ts';
import { onceNpmGone } from './watch-parent.ts';
import { loadWithSecrets } from './secrets.ts';

const root = resolve(import.meta.dirname, '..');
const databaseName = 'strata';

/** A database to work with, and the environment that leads to it. */
export interface OpenDatabase {
  environment: Environment;
  /** Ends the embedded server when this process is the last to use it; leaves any other server alone. */
  stop(): Promise<void>;
}

/** Takes the database that the environment names, or else the embedded one, started or joined. */
export async function openDatabase(
  environment: Environment,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  const given = withDatabaseUrl(environment);
  // Production has no embedded server; its settings say what is lacking.
  if (given['DATABASE_URL'] || given['DATABASE_URL_FILE'] || given['NODE_ENV'] === 'production') {
    return { environment: given, stop: async () => {} };
  }
  const dir = resolve(root, environment['EMBEDDED_DB_DIR'] || '.data/postgres');
  const server = await startEmbeddedServer({ dir, log });
  try {
    await ensureDatabase(server, databaseName);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    environment: { ...environment, DATABASE_URL: server.url(databaseName) },
    stop: () => server.stop(),
  };
}

/** Returns the environment with the content of DATABASE_URL_FILE as DATABASE_URL; as it is where that cannot be read. */
function withDatabaseUrl(environment: Environment): Environment {
  const path = environment['DATABASE_URL_FILE'];
  if (!path || environment['DATABASE_URL']) return environment;
  const file = readTextFile(path);
  if ('problem' in file || file.text.trim() === '') return environment;
  return { ...environment, DATABASE_URL: file.text.trim(), DATABASE_URL_FILE: undefined };
}

/** Does one command's work with an open database, which it closes again, also when it is interrupted. */
export async function withDatabase<T>(
  work: (environment: Environment) => Promise<T>,
  load: () => Promise<Environment> = loadWithSecrets,
): Promise<T> {
  const opening = load().then((environment) => openDatabase(environment, printAside));
  const close = async () => (await opening).stop();
  const interrupt = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
    // A connection that the database's own end cuts must not end us before it is closed.
    process.on('uncaughtException', () => {});
    const exit = () => process.exit(128 + constants.signals[signal]);
    close().then(exit, exit);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt).once('SIGHUP', interrupt);
  if (process.env['npm_lifecycle_event'] !== undefined) onceNpmGone(() => interrupt('SIGTERM'));
  try {
    const { environment } = await opening;
    return await work(environment).finally(close);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt).off('SIGHUP', interrupt);
  }
}

// Not on the standard output: that is for what the command itself has to say.
function printAside(line: string): void {
  process.stderr.write(`${line}\n`);
}
