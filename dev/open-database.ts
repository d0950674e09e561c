import { constants } from 'node:os';
import { resolve } from 'node:path';
import type { Environment } from '../src/config/environment.ts';
import { readTextFile } from '../src/config/text-file.ts';
import { ensureDatabase, startEmbeddedServer } from './embedded/server.ts';
import { onceNpmGone } from './watch-parent.ts';
import { loadWithSecrets } from './secrets.ts';

const root = resolve(import.meta.dirname, '..');
const databaseName = 'strata';

/** An open database, and an environment that contains its URL. */
export interface OpenDatabase {
  environment: Environment;
  /** Stops the embedded server if this process is its last user. Does nothing for other servers. */
  stop(): Promise<void>;
}

/** Opens the database that the environment names. If the environment names none, opens the embedded database. */
export async function openDatabase(
  environment: Environment,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  const given = withDatabaseUrl(environment);
  // Use the given database. In production, start no embedded server, so that the validation of the settings reports a
  // missing URL.
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

/**
 * Returns the environment with the content of DATABASE_URL_FILE as DATABASE_URL. If the file cannot be read, returns
 * the environment unchanged.
 */
function withDatabaseUrl(environment: Environment): Environment {
  const path = environment['DATABASE_URL_FILE'];
  if (!path || environment['DATABASE_URL']) return environment;
  const file = readTextFile(path);
  if ('problem' in file || file.text.trim() === '') return environment;
  return { ...environment, DATABASE_URL: file.text.trim(), DATABASE_URL_FILE: undefined };
}

/** Runs a command with an open database. Closes the database afterwards, even if the command is interrupted. */
export async function withDatabase<T>(
  work: (environment: Environment) => Promise<T>,
  load: () => Promise<Environment> = loadWithSecrets,
): Promise<T> {
  const opening = load().then((environment) => openDatabase(environment, printToStderr));
  const close = async () => (await opening).stop();
  const interrupt = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
    // Ignore errors from here on. The server cuts connections when it stops, and the resulting error must not end this
    // process before it has cleaned up.
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

// Print to standard error, because standard output contains only the result of the command.
function printToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
