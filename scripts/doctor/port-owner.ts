import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/** A process that listens on a port. */
export interface Listener {
  readonly pid: number;
  readonly program: string;
  /** The process's working directory, or null if it cannot be read. */
  readonly folder: string | null;
}

/** Returns the process that listens on a local TCP port. Returns null if the process cannot be determined. */
export function findListener(port: number): Promise<Listener | null> {
  if (process.platform === 'linux') return findInProc(port);
  return process.platform === 'win32' ? Promise.resolve(null) : findWithLsof(port);
}

async function findInProc(port: number): Promise<Listener | null> {
  const sockets = await listeningSockets(port);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(async (pid) => ((await hasSocket(pid, sockets)) ? pid : null)));
  const pid = found.find((one) => one !== null);
  if (!pid) return null;
  return {
    pid: Number(pid),
    // Read the name of the program file, because newer versions of Node change the process name to the name of their
    // main thread.
    program: basename(await readlink(`/proc/${pid}/exe`).catch(() => 'a process')),
    folder: await readlink(`/proc/${pid}/cwd`).catch(() => null),
  };
}

// Returns the inodes of the sockets that listen on a port. The columns of /proc/net/tcp are: number, local address:port
// in hexadecimal, remote address, state (0A means listening), …, inode.
async function listeningSockets(port: number): Promise<Set<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) =>
    table
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/)),
  );
  const mine = rows.filter(([, local = '', , state]) => local.endsWith(`:${hex}`) && state === '0A');
  return new Set(mine.map((row) => `socket:[${row[9] ?? ''}]`));
}

async function hasSocket(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(
    handles.map((handle) => readlink(`/proc/${pid}/fd/${handle}`).catch(() => '')),
  );
  return links.some((link) => sockets.has(link));
}

async function findWithLsof(port: number): Promise<Listener | null> {
  const lsof = async (...args: string[]) =>
    (await promisify(execFile)('lsof', args, { timeout: 5_000 })).stdout;
  const output = await lsof('-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc');
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  if (pid === undefined) return null;
  const folder = await lsof('-a', '-p', pid, '-d', 'cwd', '-Fn').catch(() => '');
  return {
    pid: Number(pid),
    program: /^c(.+)$/m.exec(output)?.[1] ?? 'a process',
    folder: /^n(.+)$/m.exec(folder)?.[1] ?? null,
  };
}
