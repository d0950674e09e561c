import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isAlive } from '../src/db/embedded/process.ts';

const pollMs = 500;

/**
 * Calls back once when what started this process is gone: npm that is killed takes nothing with it, and there may be
 * a shell between the two, which stays.
 */
export function onceParentsGone(isUnderNpm: boolean, callback: () => void): void {
  const parent = process.ppid;
  const npm = isUnderNpm ? findParentOfShell(parent) : null;
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
