import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const parallel = 2;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Returns the scripts of this repository that a command in package.json runs, with their arguments, such as
 * `scripts/check.ts lint`.
 */
function commandsOf(script: string): string[] {
  return script
    .split('&&')
    .map((command) => command.trim())
    .flatMap(
      (command) =>
        /^node (?:--import tsx )?((?:scripts|bench|tests\/reliability)\/.*)$/.exec(command)?.[1] ?? [],
    );
}

const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
// Skip commands with options, because `--help` prints the same for them.
const commands = [...new Set(Object.values(scripts).flatMap(commandsOf))].filter(
  (command) => !command.includes(' --'),
);
const shellScripts: [shell: string, file: string][] = [
  ['bash', '.ci/run'],
  ['sh', 'docker/development.sh'],
  ['sh', 'docker/make-secrets.sh'],
];

describe('--help', () => {
  let folder: string;
  const ended = new Map<string, Ended>();

  const run = (file: string, args: readonly string[]) =>
    new Promise<Ended>((done) => {
      // Set an invalid PORT, which `--help` must not read, and folders that it must not write to.
      const places = { HOME: folder, TMPDIR: folder, EMBEDDED_DB_DIR: join(folder, 'database') };
      const env = { PATH: process.env['PATH'], PORT: 'none', ...places };
      execFile(file, args, { cwd: root, env }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      });
    });

  const runNode = (command: string, ...args: readonly string[]) =>
    run(process.execPath, [
      ...['--import', 'tsx/esm', '--import', './tests/kit/fixtures/no-effects.js'],
      ...command.split(' '),
      ...args,
    ]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-help-'));
    const left = [...commands];
    const work = async () => {
      for (let command = left.pop(); command !== undefined; command = left.pop())
        ended.set(command, await runNode(command, '--help'));
    };
    await Promise.all(Array.from({ length: parallel }, work));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds the scripts of package.json', () => {
    expect(commands).toEqual(expect.arrayContaining(['scripts/preflight.js', 'scripts/doctor.js']));
    expect(commands).toContain('scripts/command.ts db:migrate');
    expect(commands.length).toBeGreaterThan(20);
  });

  it.each(commands)('prints only the usage of %s', (command) => {
    expect(ended.get(command)).toEqual({ code: 0, stdout: expect.stringMatching(/^\S[^]*\n$/), stderr: '' });
    expect(ended.get(command)?.stdout).toMatch(/npm run |node scripts\/|Commands:/);
  });

  it.each(shellScripts)('prints only the usage with %s %s', async (shell, file) => {
    const { code, stdout, stderr } = await run(shell, [file, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(file);
  });

  it('writes nothing to HOME or TMPDIR', async () => {
    // Ignore the cache of tsx, which runs the scripts.
    expect((await readdir(folder)).filter((name) => !name.startsWith('tsx-'))).toEqual([]);
  });

  it('detects a script that starts its work', async () => {
    const { code, stderr } = await runNode('scripts/build.js');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/The script called \w+\./);
  });
});
