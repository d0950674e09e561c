import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAlive } from './embedded/process.ts';

const pollMs = 500;

/**
 * Calls `callback` after the npm process that started this process has ended. A killed npm does not end its children,
 * and a shell between npm and this process may still run.
 */
export function onceNpmGone(callback: () => void): void {
  onceGone(process.ppid, findParentOfShell(process.ppid), callback);
}

/** Calls `callback` after the parent process has ended, whether or not it is npm. */
export function onceParentsGone(isUnderNpm: boolean, callback: () => void): void {
  if (isUnderNpm) onceNpmGone(callback);
  else onceGone(process.ppid, null, callback);
}

function onceGone(parent: number, npm: number | null, callback: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === null || isAlive(npm))) return;
    clearInterval(timer);
    callback();
  }, pollMs);
  timer.unref();
}

function findParentOfShell(pid: number): number | null {
  try {
    const { parent, program } = process.platform === 'linux' ? readFromProc(pid) : readFromPs(pid);
    return /(^|[-/])\w*sh$/.test(program) && parent > 1 ? parent : null;
  } catch {
    return null;
  }
}

function readFromProc(pid: number) {
  const [, program = '', parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  return { program, parent: Number(parent) };
}

function readFromPs(pid: number) {
  const [parent, ...program] = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], {
    encoding: 'utf8',
  })
    .trim()
    .split(/\s+/);
  return { program: program.join(' '), parent: Number(parent) };
}
