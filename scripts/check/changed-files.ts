import { spawnSync } from 'node:child_process';

function git(root: string, ...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1_024 * 1_024,
  });
  return status === 0 ? stdout : null;
}

const mainBranches = ['origin/main', 'main'];

/**
 * Returns the paths of files that differ from the merge base with `main`, including uncommitted and untracked files.
 * Without a branch `main`, compares with HEAD. Returns null if git cannot be used.
 */
export function findChangedFiles(root: string): string[] | null {
  const base = mainBranches
    .map((branch) => git(root, 'merge-base', 'HEAD', branch))
    .find((found) => found !== null);
  const changed = git(
    root,
    'diff',
    '--relative',
    '--name-only',
    '--diff-filter=d',
    '-z',
    base?.trim() ?? 'HEAD',
  );
  const added = git(root, 'ls-files', '--others', '--exclude-standard', '-z');
  if (changed === null || added === null) return null;
  return [...new Set(`${changed}${added}`.split('\0'))].filter((path) => path !== '').sort();
}
