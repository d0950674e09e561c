import { spawnSync } from 'node:child_process';

/** The state of a clone according to git. */
export interface Git {
  /**
   * Changed and untracked paths. If a whole folder is untracked, the list contains only its path, with `/` at the end.
   */
  readonly changed: readonly string[];
  isCommitted(path: string): boolean;
}

/**
 * Returns the state of a folder according to git. Returns null if git is not installed, or if the folder is not the root of a
 * repository.
 */
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
