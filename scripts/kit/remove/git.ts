import { spawnSync } from 'node:child_process';

/** The git status of a clone. */
export interface Git {
  /** The changed and untracked paths. An untracked folder is one path that ends with `/`. */
  readonly changed: readonly string[];
  isCommitted(path: string): boolean;
}

/** Returns the git status of a folder, or null if it is not the root of a repository or git is not installed. */
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
