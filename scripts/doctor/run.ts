import type { ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { loadEnvironment, type Environment } from '../../src/config/environment.ts';
import { askDatabase } from './database.ts';
import { judgeDependencies } from './dependencies.ts';
import { judgeDisk } from './disk.ts';
import { judgeEmbedded } from './embedded.ts';
import { about, carryOut, toLines, type Check, type Finding } from './finding.ts';
import { judgeFolders } from './folders.ts';
import { judgePorts } from './ports.ts';
import { judgeRedis } from './redis.ts';
import { judgeSecretFiles } from './secret-files.ts';
import { judgeConnections, judgeMigrations, judgeSecrets, judgeSettings, receiveFacts } from './service.ts';
import { judgeVersion } from './version.ts';

const root = resolve(import.meta.dirname, '../..');
const shortMs = 15_000;
// Loading the code of the service is work for the processor, which may be busy.
const longMs = 60_000;

/** Looks at everything at once and prints a line for each finding; gives the exit code. */
export async function runDoctor(facts: ChildProcess, { isJson }: { isJson: boolean }): Promise<number> {
  const started = performance.now();
  const findings = (await Promise.all(checksWith(facts).map(carryOut))).flat();
  const isHealthy = findings.every(({ status }) => status !== 'FAIL');
  facts.kill('SIGKILL');
  const seconds = Math.round(performance.now() - started) / 1_000;
  const text = isJson
    ? `${JSON.stringify({ isHealthy, seconds, checks: findings }, null, 2)}\n`
    : toLines(findings);
  await new Promise((resolve) => process.stdout.write(text, resolve));
  return isHealthy ? 0 : 1;
}

const unseen = (name: string): Finding => about(name).warn('not looked at: see settings');

// A file that cannot be read is told of by the settings; all else is looked at without it.
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
  // Told by the check that needs it.
  facts.catch(() => undefined);
  const database = askDatabase(env, root);
  const short = (name: string, run: Check['run']): Check => ({ name, timeoutMs: shortMs, run });
  const long = (name: string, run: Check['run']): Check => ({ name, timeoutMs: longMs, run });
  return [
    short('template', () => judgeVersion(root)),
    short('node', async () => about('node').ok(process.versions.node)),
    short('dependencies', () => judgeDependencies(root)),
    long('settings', async () => judgeSettings(await facts, env)),
    long('secrets', async () => {
      const known = await facts.catch(() => null);
      return known === null ? unseen('secrets') : judgeSecrets(known, env);
    }),
    short('files', () => judgeSecretFiles(env, process.cwd())),
    short('folders', () => judgeFolders(env, root)),
    short('ports', () => judgePorts(env, root)),
    short('embedded', () => judgeEmbedded(env)),
    short('database', async (): Promise<readonly Finding[]> => (await database).findings),
    long('migrations', async () => {
      const known = await facts.catch(() => null);
      return known === null ? unseen('migrations') : judgeMigrations(known, (await database).migrations, env);
    }),
    long('connections', async () => {
      const known = await facts.catch(() => null);
      return known === null ? unseen('connections') : judgeConnections(known, (await database).room);
    }),
    short('redis', () => judgeRedis(env)),
    short('disk', () => judgeDisk(root)),
  ];
}
