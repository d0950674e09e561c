import { spawnSync } from 'node:child_process';

/** What git knows of a clone. */
export interface Git {
  /** The paths that differ from the last commit, or that git does not have; a new folder is one path with `/` behind it. */
  readonly changed: readonly string[];
  isCommitted(path: string): boolean;
}

/** Null where the folder is no clone, or there is no git on this machine. */
export function readGit(root: string): Git | null {
  const run = (...args: string[]): string | null => {
    const { status, stdout } = spawnSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 1e8 });
    return status === 0 ? stdout : null;
  };
  if (run('rev-parse', '--show-prefix')?.trim() !== '') return null;
  const committed = new Set((run('ls-tree', '-r', '-z', '--name-only', 'HEAD') ?? '').split('\0'));
  const status = run('status', '--porcelain', '-z', '--untracked-files=all', '--no-renames');
  return {
    changed: (status ?? '').split('\0').flatMap((line) => (line === '' ? [] : [line.slice(3)])),
    isCommitted: (path) => committed.has(path),
  };
}
