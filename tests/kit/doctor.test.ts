import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { Finding } from '../../scripts/doctor/finding.ts';
import type { Environment } from '../../src/config/environment.ts';
import { freePort } from '../e2e/port.ts';
import { productionEnvironmentOn } from '../e2e/process.ts';
import { createEmptyDatabase, createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

const root = resolve(import.meta.dirname, '../..');
// Run outside the clone, so that its `.env` files have no effect.
const elsewhere = tmpdir();

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

async function run(folder: string, args: readonly string[], env: Environment): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

interface Report {
  readonly isHealthy: boolean;
  readonly seconds: number;
  readonly checks: readonly Finding[];
}

async function examine(env: Environment): Promise<Report & { code: number | null; output: string }> {
  const { code, output } = await run(elsewhere, [join(root, 'scripts/doctor.js'), '--json'], env);
  return { ...(JSON.parse(output) as Report), code, output };
}

const everything =
  'template node dependencies settings secrets files folders ports database clock migrations connections redis disk'.split(
    ' ',
  );

describe('npm run doctor', () => {
  const names = { migrated: databaseName('doctor'), empty: databaseName('doctor_empty') };
  let healthy: Environment;
  let empty: string;
  let own: Server;
  let otherProcess: ChildProcess;

  beforeAll(async () => {
    const [migrated, bare] = await Promise.all([
      createTestDatabase(names.migrated),
      createEmptyDatabase(names.empty),
    ]);
    empty = bare;
    healthy = productionEnvironmentOn(migrated, {
      NODE_ENV: 'production',
      PORT: String(await freePort()),
      WORKER_PORT: String(await freePort()),
    });
    own = createServer().listen(0, '127.0.0.1');
    await once(own, 'listening');
    const code = `const s = net.createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))`;
    otherProcess = spawn(process.execPath, ['-e', code], {
      cwd: tmpdir(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  });
  afterAll(async () => {
    own.close();
    otherProcess.kill();
    await Promise.all(Object.values(names).map(dropDatabase));
  });

  it('exits with 0 for a healthy setup', async () => {
    const { code, checks, isHealthy } = await examine(healthy);
    expect(checks.filter(({ status }) => status === 'FAIL')).toEqual([]);
    expect([code, isHealthy]).toEqual([0, true]);
    expect([...new Set(checks.map(({ name }) => name))].sort()).toEqual([...everything].sort());
    const messageOf = (name: string) => checks.find((check) => check.name === name)?.message;
    expect(messageOf('template')).toMatch(/^\d+\.\d+\.\d+/);
    expect(messageOf('database')).toMatch(/^PostgreSQL \d+\.\d+ is reachable \(/);
    expect(messageOf('clock')).toMatch(/^differs from the database by 0\.\d\d s$/);
    expect(messageOf('migrations')).toMatch(/^all \d+ applied$/);
    expect(messageOf('connections')).toMatch(/^at most 26; the database allows \d+$/);
  });

  it('prints one line per finding, in columns', async () => {
    const { code, output } = await run(elsewhere, [join(root, 'scripts/doctor.js')], healthy);
    const lines = output.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(everything.length);
    for (const line of lines) expect(line).toMatch(/^(ok {2}|warn) {2}[a-z]+ +\S/);
    expect(new Set(lines.map((line) => line.search(/(?<=^\S+ +\S+ +)\S/))).size).toBe(1);
    expect(code).toBe(0);
  });

  it('lists all problems with their fixes and without secrets', async () => {
    const [line] = (await once(otherProcess.stdout as Readable, 'data')) as [Buffer];
    const port = Number(line);
    const broken = {
      ...healthy,
      HOST: '127.0.0.1',
      PORT: String(port),
      JWT_SECRET: 'changeme-changeme-changeme-changeme',
      DATABASE_URL: 'postgres://app:kG8xQ2vN5tRw@localhost:1/x',
      REDIS_URL: 'redis://:pW3kZ8mB1qLs@localhost:1',
      BCRYPT_COST: '4',
    };
    const { code, checks, isHealthy, output } = await examine(broken);
    expect([code, isHealthy]).toEqual([1, false]);
    const failed = checks.filter(({ status }) => status === 'FAIL');
    expect(failed.map(({ name, message, fix }) => `${name}: ${message} -> ${fix ?? ''}`)).toEqual([
      'settings: JWT_SECRET is easy to guess; make one with: openssl rand -base64 48 -> set JWT_SECRET in the environment',
      'settings: BCRYPT_COST must be at least 10 -> set BCRYPT_COST in the environment',
      `ports: PORT ${port} is used by node, process ${otherProcess.pid ?? 0} -> PORT=${port + 1}, or kill ${otherProcess.pid ?? 0}`,
      expect.stringMatching(/^database: The database cannot be reached .* -> check DATABASE_URL/),
    ]);
    expect(checks.find(({ name }) => name === 'redis')).toMatchObject({ status: 'warn' });
    expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['disk', 'files', 'dependencies']));
    expect(output).not.toMatch(/kG8xQ2vN5tRw|pW3kZ8mB1qLs|changeme/);
    expect(output).not.toContain(healthy['PASSWORD_PEPPER']);
  });

  it('runs the other checks if the environment is unreadable', async () => {
    const { checks, code } = await examine({ ...healthy, ENV_FILE: '/nowhere.env' });
    expect(
      checks.filter(({ status }) => status !== 'ok').map(({ name, message }) => `${name} ${message}`),
    ).toEqual([
      expect.stringMatching(
        /^settings the service cannot be loaded: .*\/nowhere\.env cannot be read: check its name/,
      ),
      'secrets skipped; see settings',
      'migrations skipped; see settings',
      'connections skipped; see settings',
    ]);
    expect(checks.find(({ name }) => name === 'database')?.status).toBe('ok');
    expect(code).toBe(1);
  });

  it('warns of more connections than the database allows', async () => {
    const { checks, code } = await examine({ ...healthy, WEB_CONCURRENCY: '4', DATABASE_POOL_MAX: '200' });
    expect(checks.find(({ name }) => name === 'connections')).toMatchObject({
      status: 'warn',
      message: expect.stringMatching(/ may use 1009; the database allows \d+$/),
    });
    expect(code).toBe(0);
  });

  it('accepts a port that this clone uses itself', async () => {
    const { port } = own.address() as AddressInfo;
    const { checks } = await examine({ ...healthy, WORKER_PORT: String(port) });
    expect(
      checks.find(({ name, message }) => name === 'ports' && message.includes('WORKER_PORT')),
    ).toMatchObject({
      status: 'ok',
      message: expect.stringMatching(`${port} is used by this clone itself .*process ${process.pid}`),
    });
  });

  it.each([
    ['production', 'FAIL', 1],
    ['test', 'warn', 0],
  ])('reports pending migrations in %s as %s', async (nodeEnv, status, exitCode) => {
    const env = { ...healthy, NODE_ENV: nodeEnv, DATABASE_URL: new URL(empty).href };
    const { code, checks } = await examine({
      ...env,
      ...(nodeEnv === 'production' && withoutPassword(empty)),
    });
    expect(checks.find(({ name }) => name === 'migrations')).toMatchObject({
      status,
      message: expect.stringMatching(/^(\d+) of \1 pending/),
      fix: 'npm run db:migrate',
    });
    expect(code).toBe(exitCode);
  });

  it('accepts a fresh clone in development', async () => {
    const { checks, code } = await examine({
      NODE_ENV: 'development',
      PORT: healthy['PORT'],
      EMBEDDED_DB_DIR: join(tmpdir(), 'strata-doctor-nowhere'),
      JWT_SECRET: 'secret-secret-secret-secret-secret-secret',
    });
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([
      expect.objectContaining({
        status: 'warn',
        name: 'secrets',
        message: expect.stringMatching(/^JWT_SECRET /),
      }),
    ]);
    expect(checks.find(({ name }) => name === 'database')?.message).toMatch(/^embedded; the first/);
    expect(checks.find(({ name }) => name === 'embedded')?.message).toMatch(/PostgreSQL.* is installed/);
    expect(code).toBe(0);
  });
});

const withoutPassword = (url: string): Environment => {
  const { DATABASE_URL, PGPASSWORD } = productionEnvironmentOn(url);
  return { DATABASE_URL, PGPASSWORD };
};

describe('before `npm ci` or on an outdated Node', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-bare-'));
    await cp(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const ask = (engine: string) =>
    writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', engines: { node: engine } }));

  it('the doctor suggests the fix', async () => {
    await ask('>=20.19');
    const bare = await run(folder, ['scripts/doctor.js'], {});
    expect(bare.output).toMatch(/^ok +node +\d.*\nFAIL +dependencies +not installed.* -> {2}npm ci\n$/);
    await ask('>=99.1');
    const old = await run(folder, ['scripts/doctor.js', '--json'], {});
    expect(JSON.parse(old.output)).toMatchObject({
      isHealthy: false,
      checks: [{ status: 'FAIL', name: 'node', message: expect.stringMatching(/is too old.*>=99\.1/) }],
    });
    expect([bare.code, old.code]).toEqual([1, 1]);
  });

  it('a start suggests the fix, also for a missing build', async () => {
    await ask('>=99.1');
    expect(await run(folder, ['scripts/preflight.js'], {})).toEqual({
      code: 1,
      output: expect.stringMatching(/^Node \S+ is too old; package\.json requires >=99\.1/),
    });
    await ask('>=20.19');
    expect(await run(folder, ['scripts/preflight.js'], {})).toEqual({
      code: 1,
      output: 'The dependencies are not installed. Run `npm ci`.\n',
    });
    expect(await run(root, ['scripts/preflight.js', 'no-dist/server.js'], {})).toEqual({
      code: 1,
      output: 'no-dist/server.js does not exist. Run `npm run build` first.\n',
    });
    expect(await run(root, ['scripts/preflight.js', 'package.json'], {})).toEqual({ code: 0, output: '' });
  });
});
