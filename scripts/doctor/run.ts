import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { loadEnvironment, type Environment } from '../../src/config/environment.ts';
import { inspectDatabase } from './database.ts';
import { checkDependencies } from './dependencies.ts';
import { checkDisk } from './disk.ts';
import { checkEmbedded } from './embedded.ts';
import { about, runCheck, toLines, type Check, type Finding } from './finding.ts';
import { checkFolders } from './folders.ts';
import { checkPorts } from './ports.ts';
import { checkRedis } from './redis.ts';
import { checkSecretFiles } from './secret-files.ts';
import { checkConnections, checkMigrations, checkSecrets, checkSettings, receiveFacts } from './service.ts';
import { checkVersion } from './version.ts';

const root = resolve(import.meta.dirname, '../..');
const shortMs = 15_000;
// The timeout of checks that load the service. Loading uses the CPU and takes long on a busy machine.
const longMs = 60_000;

/** Runs all checks at the same time and prints their findings. Returns the exit code. */
export async function runDoctor(facts: ChildProcess, { isJson }: { isJson: boolean }): Promise<number> {
  const started = performance.now();
  const findings = (await Promise.all(checksWith(facts).map(runCheck))).flat();
  const isHealthy = findings.every(({ status }) => status !== 'FAIL');
  facts.kill('SIGKILL');
  const seconds = Math.round(performance.now() - started) / 1_000;
  const text = isJson
    ? `${JSON.stringify({ isHealthy, seconds, checks: findings }, null, 2)}\n`
    : toLines(findings);
  await new Promise((resolve) => process.stdout.write(text, resolve));
  return isHealthy ? 0 : 1;
}

const skipped = (name: string): Finding => about(name).warn('skipped; see settings');

// Reads the environment. If a file cannot be read, the check of the settings reports that, and the other checks run
// without the file.
function readEnvironment(): Environment {
  try {
    return loadEnvironment('development');
  } catch {
    return { ...process.env, NODE_ENV: process.env['NODE_ENV'] || 'development' };
  }
}

function checksWith(child: ChildProcess): Check[] {
  const env = readEnvironment();
  const facts = receiveFacts(child);
  // Ignore the failure here, because the check of the settings reports it.
  facts.catch(() => undefined);
  const database = inspectDatabase(env, root);
  const short = (name: string, run: Check['run']): Check => ({ name, timeoutMs: shortMs, run });
  const long = (name: string, run: Check['run']): Check => ({ name, timeoutMs: longMs, run });
  return [
    short('template', () => checkVersion(root)),
    short('node', async () => about('node').ok(process.versions.node)),
    short('dependencies', () => checkDependencies(root)),
    long('settings', async () => checkSettings(await facts, env)),
    long('secrets', async () => {
      const known = await facts.catch(() => null);
      return known === null ? skipped('secrets') : checkSecrets(known, env);
    }),
    short('files', () => checkSecretFiles(env, process.cwd())),
    short('folders', () => checkFolders(env, root)),
    short('ports', () => checkPorts(env, root)),
    short('embedded', () => checkEmbedded(env)),
    short('database', async (): Promise<readonly Finding[]> => (await database).findings),
    long('migrations', async () => {
      const known = await facts.catch(() => null);
      return known === null
        ? skipped('migrations')
        : checkMigrations(known, (await database).migrations, env);
    }),
    long('connections', async () => {
      const known = await facts.catch(() => null);
      return known === null ? skipped('connections') : checkConnections(known, (await database).room);
    }),
    short('redis', () => checkRedis(env)),
    short('disk', () => checkDisk(root)),
  ];
}
