import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem, type as osType } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { folder, root, run } from '../processes.ts';

/** The hardware and software of a run. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  /** The load average of the last minute before the run. */
  readonly loadBefore: number;
  readonly versions: readonly (readonly [string, string])[];
  readonly commit: string;
  /** The database settings that affect durability and memory. */
  readonly database: readonly (readonly [string, string])[];
}

const packages = ['express', 'fastify', 'typeorm', 'pg'];
const peerPackages = ['@nestjs/core'];
const settings = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'work_mem',
  'max_wal_size',
];

/** Returns the facts about the machine, the database and the clone. */
export async function describeMachine(databaseUrl: string): Promise<Machine> {
  const [{ version: postgres }, database] = await describeDatabase(databaseUrl);
  const versions: [string, string][] = [
    ['Node of the load generator', process.versions.node],
    ['PostgreSQL', postgres],
  ];
  for (const name of packages) versions.push([name, await versionOf(name, root)]);
  for (const name of peerPackages) versions.push([name, await versionOf(name, join(folder, 'peers'))]);
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: totalmem() / 2 ** 30,
    os: `${osType()} ${release()}`,
    loadBefore: loadavg()[0] ?? 0,
    versions,
    commit: await describeCommit(),
    database,
  };
}

async function describeDatabase(
  databaseUrl: string,
): Promise<readonly [{ readonly version: string }, [string, string][]]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; value: string }>(
      'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
      [[...settings, 'server_version']],
    );
    const version = rows.find(({ name }) => name === 'server_version')?.value ?? 'unknown';
    const others = rows.filter(({ name }) => name !== 'server_version');
    return [{ version }, others.map(({ name, value }) => [name, value])];
  } finally {
    await client.end();
  }
}

async function versionOf(name: string, place: string): Promise<string> {
  const file = join(place, 'node_modules', name, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? 'not installed' : (JSON.parse(text) as { version: string }).version;
}

/** Returns the commit, and whether there are uncommitted changes. Changes of the results file do not count. */
async function describeCommit(): Promise<string> {
  // A copy of the clone may have no git history.
  const commit = await run('git', ['rev-parse', '--short=12', 'HEAD']).catch(() => 'unknown');
  const changes = await run('git', ['status', '--porcelain', '--', '.', ':!bench/results.md']).catch(
    () => '',
  );
  return `${commit.trim()}${changes.trim() === '' ? '' : ', with uncommitted changes'}`;
}
