import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { removeAbandoned } from '../../scripts/lib/temporary-folder.ts';
import { isAlive } from '../../dev/embedded/process.ts';
import { reapChild } from '../../dev/embedded/reap.ts';
import { freePort } from '../e2e/port.ts';
import { testEnvironment } from '../helpers/config.ts';
import { until } from '../helpers/until.ts';

const root = resolve(import.meta.dirname, '../..');
// Run these tests on Linux only, because they read /proc.
const onLinux = process.platform === 'linux' ? it : it.skip;

interface Held {
  readonly folder: string;
  readonly dir: string;
  readonly postmaster: number;
  readonly child: number;
}

const readAll = (folder: string, name: string): { readonly pid: number; readonly text: string }[] =>
  readdirSync('/proc').flatMap((entry) => {
    try {
      return /^\d+$/.test(entry)
        ? [{ pid: Number(entry), text: readFileSync(join(folder, entry, name), 'latin1') }]
        : [];
    } catch {
      return [];
    }
  });

const parentOf = (stat: string): number => Number(/\) \S (\d+)/.exec(stat)?.[1]);

/** Returns the processes that have this mark in their environment. */
const marked = (mark: string): number[] =>
  readAll('/proc', 'environ').flatMap(({ pid, text }) => (text.includes(mark) ? [pid] : []));

/** Returns the id of the reaper process that this process has started. */
const reaperOf = (owner: number): number | undefined =>
  readAll('/proc', 'cmdline').find(
    ({ pid, text }) =>
      text.includes('reaper.js') && parentOf(readFileSync(`/proc/${pid}/stat`, 'latin1')) === owner,
  )?.pid;

describe('cleanup after a killed process', () => {
  let folder: string;
  let started: ChildProcess[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-leftovers-'));
    // Let all accounts enter the folder: if root runs the tests, another account runs PostgreSQL.
    chmodSync(folder, 0o711);
    started = [];
  });
  afterEach(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (args: readonly string[], env: Record<string, string> = {}, cwd = root): ChildProcess => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    reapChild(child);
    started.push(child);
    return child;
  };
  const collect = (child: ChildProcess): (() => string) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return () => text;
  };
  const untilWritten = (child: ChildProcess, output: () => string, text: string): Promise<void> =>
    until(`the output contains "${text}"`, () => {
      if (child.exitCode !== null) throw new Error(`It has ended: ${output()}`);
      return output().includes(text);
    });
  const startOwner = async (): Promise<{ owner: ChildProcess; held: Held }> => {
    const owner = start(['--import', 'tsx', 'tests/kit/fixtures/owner.ts']);
    const output = collect(owner);
    await untilWritten(owner, output, '}\n');
    return { owner, held: JSON.parse(output()) as Held };
  };
  const untilGone = async ({ folder: path, postmaster, child }: Held): Promise<void> => {
    await until('the process has ended', () => !isAlive(child));
    await until('the server has ended', () => !isAlive(postmaster));
    await until('the folder is gone', () => !existsSync(path));
  };
  const foldersOf = (purpose: string): string[] =>
    readdirSync(folder).filter((name) => name.startsWith(`strata-${purpose}-`));

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
    'removes processes, servers and folders after %s',
    async (signal) => {
      const { owner, held } = await startOwner();
      owner.kill(signal);
      await untilGone(held);
    },
  );

  onLinux('is done by the next run if the reaper was killed too, including shared memory', async () => {
    const { owner, held } = await startOwner();
    const shared = readFileSync(join(held.dir, 'data/postmaster.pid'), 'utf8').split('\n')[6] ?? '';
    const [key = ''] = shared.trim().split(/\s+/);
    const hasSegment = () =>
      readFileSync('/proc/sysvipc/shm', 'utf8')
        .split('\n')
        .some((line) => line.trim().split(/\s+/)[0] === key);
    expect(hasSegment()).toBe(true);
    for (const pid of [reaperOf(owner.pid!)!, owner.pid!, held.postmaster, held.child])
      process.kill(pid, 'SIGKILL');
    await until('the owner has ended', () => !isAlive(owner.pid!));
    expect(existsSync(held.folder)).toBe(true);
    await removeAbandoned(folder);
    await untilGone(held);
    expect(hasSegment()).toBe(false);
  });

  onLinux('is done by the next run if the server is still running', async () => {
    const { owner, held } = await startOwner();
    for (const pid of [reaperOf(owner.pid!)!, owner.pid!, held.child]) process.kill(pid, 'SIGKILL');
    await until('the owner has ended', () => !isAlive(owner.pid!));
    expect(isAlive(held.postmaster)).toBe(true);
    await removeAbandoned(folder);
    await untilGone(held);
  });

  it('spares folders of live processes, other machines and other users', async () => {
    const { owner, held } = await startOwner();
    const name = held.folder.slice(folder.length + 1);
    const ofDead = name.replace(/-\d+-/, '-999999999-');
    const elsewhere = join(folder, ofDead.replace(/-owner-[0-9a-f]{8}-/, '-owner-00000000-'));
    const foreign = join(folder, ofDead);
    mkdirSync(elsewhere);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      mkdirSync(foreign);
      chownSync(foreign, 65_534, 65_534);
    }
    await removeAbandoned(folder);
    expect(existsSync(held.folder)).toBe(true);
    expect(isAlive(held.postmaster)).toBe(true);
    expect(existsSync(elsewhere)).toBe(true);
    expect(existsSync(foreign)).toBe(isRoot);
    owner.kill('SIGKILL');
    await untilGone(held);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends workers and server and removes the folder after %s to the Jest process only',
    async (signal) => {
      const jest = start(
        [
          '--experimental-vm-modules',
          'node_modules/jest/bin/jest.js',
          ...['--config', 'jest.e2e.config.js', '--testMatch=**/kit/fixtures/endless-*.ts'],
          '--maxWorkers=2',
        ],
        { LEFTOVERS_FOLDER: folder },
      );
      const output = collect(jest);
      const isThere = (name: string) =>
        existsSync(join(folder, name)) && readFileSync(join(folder, name)).length > 0;
      await until('both tests run', () => {
        if (jest.exitCode !== null) throw new Error(`Jest has ended: ${output()}`);
        return isThere('one') && isThere('two');
      });
      const [run = ''] = foldersOf('test');
      const lock = readFileSync(join(folder, run, 'postgres/data/postmaster.pid'), 'utf8');
      const workers = ['one', 'two'].map((name) => Number(readFileSync(join(folder, name), 'utf8')));
      jest.kill(signal);
      for (const pid of [...workers, Number(lock.split('\n')[0])])
        await until('each process has ended', () => !isAlive(pid));
      await until('the folder is gone', () => foldersOf('test').length === 0);
    },
  );

  describe('with the embedded database of a clone', () => {
    const settings = async (): Promise<Record<string, string>> => ({
      EMBEDDED_DB_DIR: join(folder, 'database'),
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      JWT_SECRET: testEnvironment['JWT_SECRET'] ?? '',
      PASSWORD_PEPPER: testEnvironment['PASSWORD_PEPPER'] ?? '',
      MAIL_KEPT_DIR: join(folder, 'mail'),
      // #region payments
      SANDBOX_LEDGER_FILE: join(folder, 'ledger'),
      // #endregion
      MARK: randomUUID(),
      TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
    });
    const postmaster = (): number =>
      Number(readFileSync(join(folder, 'database/data/postmaster.pid'), 'utf8').split('\n')[0]);
    const run = (script: string, env: Record<string, string>, ...args: string[]): ChildProcess => {
      const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
      return start(['--import', loader, join(root, 'scripts', `${script}.ts`), ...args], env, folder);
    };

    onLinux.each(['SIGHUP', 'SIGKILL'] as const)(
      'ends all processes after %s to the console',
      async (signal) => {
        const env = await settings();
        expect(await once(run('command', env, 'db:migrate'), 'exit')).toEqual([0, null]);
        const console = run('console', env);
        const output = collect(console);
        await untilWritten(console, output, 'strata> ');
        const pid = postmaster();
        console.kill(signal);
        await until('the server has ended', () => !isAlive(pid));
        await until('every process has ended', () => marked(env['MARK'] ?? '').length === 0);
      },
    );

    onLinux.each(['Listening on', 'Stop with Ctrl-C'])(
      'ends all processes if npm run dev is killed when it prints "%s"',
      async (moment) => {
        const env = await settings();
        const dev = run('dev', env);
        const output = collect(dev);
        await untilWritten(dev, output, moment);
        const pid = postmaster();
        dev.kill('SIGKILL');
        await until('every process has ended', () => marked(env['MARK'] ?? '').length === 0);
        await until('the server has ended', () => !isAlive(pid));
      },
    );
  });
});
