import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Tree } from '../../scripts/kit/remove/tree.ts';

const root = join(import.meta.dirname, '../..');

/** A copy of this working tree in a temporary folder, committed to its own Git repository. */
export interface Clone {
  readonly folder: string;
  /** Runs a script of the clone's `scripts` folder with tsx. `output` contains standard output and standard error. */
  runScript(script: string, ...args: string[]): { readonly code: number | null; readonly output: string };
  /** Runs Node in the folder of the clone with these arguments. */
  runNode(...args: string[]): { readonly code: number | null; readonly output: string };
  /** Restores the committed files. Does not change files that Git ignores. */
  restore(): void;
  /** Returns the lines of `git status --short`. */
  status(): string[];
  commit(): void;
  /** Returns the paths of the files below a folder. */
  list(folder: string): string[];
  read(path: string): string;
  has(path: string): boolean;
  write(path: string, text: string): void;
  remove(): void;
}

/** Copies every file of this working tree that Git does not ignore, and links `node_modules`. */
export function makeClone(): Clone {
  const folder = mkdtempSync(join(tmpdir(), 'strata-clone-'));
  for (const path of new Tree(root).list()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null', ...args],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
  const commit = (): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'as it was');
  };
  git('init', '--quiet');
  // Exclude the link, because the entry `node_modules/` in .gitignore matches only a folder.
  writeFileSync(join(folder, '.git/info/exclude'), 'node_modules\n');
  commit();
  const runNode: Clone['runNode'] = (...args) => {
    // Pass on these variables only, because others of the developer's shell, such as DATABASE_URL, would change the
    // result.
    const { PATH, HOME, TMPDIR, STRATA_TEST_SERVER_URL: server } = process.env;
    const env = { PATH, HOME, TMPDIR, TEST_DATABASE_URL: server };
    const options = { cwd: folder, encoding: 'utf8', env, maxBuffer: 1e8 } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
    return { code: status, output: stdout + stderr };
  };
  return {
    folder,
    commit,
    runNode,
    runScript: (script, ...args) => runNode('--import', 'tsx', `scripts/${script}.ts`, ...args),
    restore: () => {
      git('reset', '--quiet', '--hard');
      git('clean', '--quiet', '-d', '--force');
    },
    status: () => git('status', '--short').split('\n').filter(Boolean),
    list: (path) => new Tree(folder).list(path),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    has: (path) => existsSync(join(folder, path)),
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
