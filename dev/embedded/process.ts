import { execFile, spawn } from 'node:child_process';
import { readFile, readdir, readlink, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Account } from './account.ts';

/** A running PostgreSQL server process (postmaster). `port` is 0 until the server listens. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * Returns the server process of this data folder. Returns null if the lock file is missing, or if the process in the
 * lock file has ended.
 */
export async function findPostmaster(data: string): Promise<Postmaster | null> {
  const lines = (await readFile(`${data}/postmaster.pid`, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 1) || !(await isPostmasterOf(pid, data))) return null;
  return { pid, port: Number(lines[3]) || 0 };
}

/** Returns whether a process with this id exists. The process may belong to another user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/**
 * Removes a lock file if its process id now belongs to another program, because PostgreSQL cannot detect that itself.
 */
export async function removeStaleLock(data: string): Promise<void> {
  if (!(await findPostmaster(data))) await rm(`${data}/postmaster.pid`, { force: true });
}

/** Kills child processes of a server that has crashed, because they would prevent the next start (Linux only). */
export async function endOrphans(data: string): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry);
    if (!(pid > 1) || (await workingFolder(pid)) !== data) continue;
    const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const parent = Number(
      /\nPPid:\s*(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1],
    );
    const isOrphan = title.startsWith('postgres: ') && (await workingFolder(parent)) !== data;
    if (isOrphan && isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
}

/** Runs a program until it ends. The program has its own process group, so that Ctrl-C does not interrupt it. */
export async function run(file: string, args: string[], account: Account | null) {
  const child = spawn(file, args, { ...spawnOptions(account), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) => {
      const advice = 'Run "npm ci" again, or set DATABASE_URL to a PostgreSQL 15+ server.';
      reject(new Error(`${file} cannot be run here. ${advice}`, { cause }));
    });
    child.on('close', resolve);
  });
  return { isDone: code === 0, output: output.trim() };
}

/** Returns the options for starting PostgreSQL programs. The programs inherit no locale, time zone or PG* variables. */
export function spawnOptions(account: Account | null) {
  return {
    cwd: '/',
    detached: true,
    windowsHide: true,
    env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}

/** Returns the `code` of a system error or database error, or undefined if it has none. */
export function errorCode(error: unknown): unknown {
  // Avoid `instanceof Error`, which would fail here: under Jest, Node's own errors belong to another realm.
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

// Checks that the process is a postmaster of this data, because after a crash or a reboot the id may belong to another
// program.
async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') return (await workingFolder(pid)) === data;
  if (process.platform === 'win32') return true;
  const { stdout } = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout.includes('postgres');
}

function workingFolder(pid: number): Promise<string | null> {
  return readlink(`/proc/${pid}/cwd`).catch(() => null);
}
