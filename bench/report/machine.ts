import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem, type as osType } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { root, run } from '../stand.ts';

/** What was measured on, and with what. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly os: string;
  /** How many processes ran or waited to when the run began, over the last minute. */
  readonly loadBefore: number;
  readonly versions: readonly (readonly [string, string])[];
  readonly commit: string;
  /** Settings of the database that decide on what is safe on disk, and what is in memory. */
  readonly database: readonly (readonly [string, string])[];
}

const packages = ['express', 'fastify', 'typeorm', 'pg'];
const settings = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'work_mem',
  'max_wal_size',
];

/** Asks the machine, the database and the clone. */
export async function describeMachine(databaseUrl: string): Promise<Machine> {
  const [{ version: postgres }, database] = await describeDatabase(databaseUrl);
  const versions: [string, string][] = [
    ['Node', process.versions.node],
    ['PostgreSQL', postgres],
  ];
  for (const name of packages) versions.push([name, await versionOf(name)]);
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

async function versionOf(name: string): Promise<string> {
  const file = join(root, 'node_modules', name, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? 'not installed' : (JSON.parse(text) as { version: string }).version;
}

/** The commit, and whether the tree differs from it: what this run writes does not count. */
async function describeCommit(): Promise<string> {
  // A copy without its history can be measured, too.
  const commit = await run('git', ['rev-parse', '--short=12', 'HEAD']).catch(() => 'unknown');
  const changes = await run('git', ['status', '--porcelain', '--', '.', ':!bench/results.md']).catch(
    () => '',
  );
  return `${commit.trim()}${changes.trim() === '' ? '' : ', with changes that are not committed'}`;
}
