import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedServer, ensureDatabase, startEmbeddedServer } from '../../dev/embedded/server.ts';
import { until } from '../helpers/until.ts';

// Turn fsync off: it protects only from a failure of the machine. If a process is killed, the operating system still
// writes its data.
const settings = { fsync: 'off' };
const servers: EmbeddedServer[] = [];

let dir: string;

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'strata-embedded-')));
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await rm(dir, { recursive: true, force: true });
});

describe('an embedded server', () => {
  test('starts, keeps its data after a stop, and leaves no process behind', async () => {
    const first = await start();
    await ensureDatabase(first, 'strata');
    await ensureDatabase(first, 'strata');
    await query(first, 'CREATE TABLE kept (n int)');
    const pid = await postmasterPid();
    await first.stop();
    expect(isAlive(pid)).toBe(false);

    const second = await start();
    expect(second.joined).toBe(false);
    expect(await query(second, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 0 }]);
    await second.stop();
    await second.stop();
  });

  test('uses UTF-8, byte order and UTC, whatever the locale, and listens on loopback only', async () => {
    const server = await start();
    const [row] = await query(
      server,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
        current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
        (SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'template1') AS locale`,
      'postgres',
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      zone: 'UTC',
      addresses: '127.0.0.1',
      sockets: '',
      locale: 'b C.UTF-8',
    });
    await server.stop();
  });

  test('requires its password', async () => {
    const server = await start();
    const address = new URL(server.url('postgres'));
    address.password = 'another';
    const client = new Client({ connectionString: address.href });
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
    await server.stop();
  });

  test('is shared by a second user, and stops with the last one', async () => {
    const first = await start();
    const second = await start();
    expect([second.joined, second.port]).toEqual([true, first.port]);
    const pid = await postmasterPid();

    await first.stop();
    expect(await query(second, 'SELECT 1 AS n', 'postgres')).toEqual([{ n: 1 }]);
    await second.stop();
    await until('the server has ended', () => !isAlive(pid));
  });

  test('starts once for two concurrent callers', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(one.port).toBe(other.port);
    expect([one.joined, other.joined].sort()).toEqual([false, true]);
  });

  test('recovers after its postmaster was killed', async () => {
    const killed = await start();
    await ensureDatabase(killed, 'strata');
    await query(killed, 'CREATE TABLE kept AS SELECT 7 AS n');
    // Keep a session busy: it outlives the killed server process for a moment, because it does not notice the end at
    // once.
    const busy = query(killed, 'SELECT count(*) FROM generate_series(1, 1e12::bigint)').catch(() => 'ended');
    await until('a session is busy', async () => (await query(killed, busySessions)).length > 0);
    process.kill(await postmasterPid(), 'SIGKILL');

    const next = await start();
    expect(next.joined).toBe(false);
    expect(await query(next, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    expect(await busy).toBe('ended');
    await next.stop();
    await killed.stop();
  });

  test('is not considered running if its lock file names another process', async () => {
    const first = await start();
    const lockFile = join(dir, 'data/postmaster.pid');
    const lock = await readFile(lockFile, 'utf8');
    await first.stop();
    // Write the id of an unrelated process, because PostgreSQL ignores a lock file that names one of its own parents.
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await writeFile(lockFile, lock.replace(/^\d+/, String(other.pid)));

    const next = await start();
    expect(next.joined).toBe(false);
    other.kill();
  });

  test('creates its files again after an interrupted first start', async () => {
    await mkdir(join(dir, 'init-999999999-0'), { recursive: true });
    await mkdir(join(dir, 'data/base'), { recursive: true });
    await writeFile(join(dir, 'password'), 'chosen-before');
    const lines: string[] = [];

    const server = await start((line) => lines.push(line));
    expect(await query(server, 'SELECT 1 AS n', 'postgres')).toEqual([{ n: 1 }]);
    expect(lines.join('\n')).toContain('contained an incomplete database');
    const left = (await readdir(dir)).map((name) => name.replace(/\d{4,}/, 'N')).sort();
    expect(left).toEqual(['data', 'data-incomplete-N', 'password', 'server.log']);
    await server.stop();
  });

  test('shows its log if it cannot start', async () => {
    const failing = startEmbeddedServer({ dir, settings: { shared_buffers: 'plenty' } });
    await expect(failing).rejects.toThrow(/did not start[^]*shared_buffers/);
  });
});

async function start(log?: (line: string) => void): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dir, settings, ...(log && { log }) });
  servers.push(server);
  return server;
}

const busySessions = `SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT count(*) FROM gen%'`;

async function query(server: EmbeddedServer, sql: string, database = 'strata'): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url(database) });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(dir, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
