import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChangedFiles } from '../../scripts/check/changed-files.ts';
import { quickChecks, type Check } from '../../scripts/check/checks.ts';
import { runChecks, type Result } from '../../scripts/check/run-checks.ts';

describe('runChecks', () => {
  const checks: Check[] = ['a', 'b', 'c', 'd'].map((name) => ({ name, args: [name] }));

  it('runs every check and returns those that fail', async () => {
    const results: Result[] = [];
    const failed = await runChecks(checks, {
      run: async ([name = '']) => ({ code: ['a', 'c'].includes(name) ? 1 : 0, output: `output of ${name}` }),
      parallel: 1,
      report: (result) => results.push(result),
    });
    expect(failed).toEqual(['a', 'c']);
    expect(results.map(({ name, isOk, output }) => [name, isOk, output])).toEqual([
      ['a', false, 'output of a'],
      ['b', true, 'output of b'],
      ['c', false, 'output of c'],
      ['d', true, 'output of d'],
    ]);
  });

  it('counts a check killed by a signal as failed', async () => {
    const run = async () => ({ code: null, output: '' });
    expect(await runChecks(checks.slice(0, 1), { run, parallel: 2, report: () => undefined })).toEqual(['a']);
  });

  it('runs at most the given number of checks concurrently', async () => {
    let running = 0;
    let most = 0;
    const run = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return { code: 0, output: '' };
    };
    await runChecks(checks, { run, parallel: 2, report: () => undefined });
    expect(most).toBe(2);
  });
});

describe('quickChecks', () => {
  const pathsOf = (files: string[], name: string) =>
    quickChecks(files)
      .find((check) => check.name === name)
      ?.args.filter((arg) => files.includes(arg) || arg === '.');

  it('lints code and formats every file', () => {
    const files = ['README.md', 'src/app.ts'];
    expect(pathsOf(files, 'lint')).toEqual(['src/app.ts']);
    expect(pathsOf(files, 'format')).toEqual(files);
  });

  it('checks only types if no file has changed', () => {
    expect(quickChecks([]).map(({ name }) => name)).toEqual(['types']);
  });

  it('checks the whole tree if too many files have changed for a command line', () => {
    const files = Array.from({ length: 201 }, (_, index) => `src/file-${index}.ts`);
    expect(pathsOf(files, 'lint')).toEqual(['.']);
    expect(pathsOf(files, 'format')).toEqual(['.']);
  });
});

describe('findChangedFiles', () => {
  let root: string;

  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  const commit = (): void => {
    git('add', '--all');
    git('commit', '--quiet', '--no-verify', '--message', 'test: commit');
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'strata-changed-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('returns committed, uncommitted and untracked changes since main, without deleted and ignored files', () => {
    git('init', '--quiet', '--initial-branch', 'main');
    mkdirSync(join(root, 'src'));
    for (const name of ['same', 'committed', 'edited', 'deleted']) write(`src/${name}.ts`, name);
    write('.gitignore', 'ignored.ts');
    commit();
    git('switch', '--quiet', '--create', 'topic');
    write('src/committed.ts', 'changed');
    commit();
    write('src/edited.ts', 'changed');
    write('src/ä new.ts', 'new');
    write('ignored.ts', 'ignored');
    rmSync(join(root, 'src/deleted.ts'));
    expect(findChangedFiles(root)).toEqual(['src/committed.ts', 'src/edited.ts', 'src/ä new.ts']);
  });

  it('compares with HEAD if there is no main', () => {
    git('init', '--quiet', '--initial-branch', 'trunk');
    write('a.ts', 'a');
    commit();
    write('a.ts', 'b');
    expect(findChangedFiles(root)).toEqual(['a.ts']);
  });

  it('returns null without a repository', () => {
    expect(findChangedFiles(join(root, 'missing'))).toBeNull();
  });
});
