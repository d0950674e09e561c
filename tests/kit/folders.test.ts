import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedServer } from '../../dev/embedded/server.ts';
import { checkFolders } from '../../scripts/doctor/folders.ts';
import { makeTemporaryFolder } from '../../scripts/lib/temporary-folder.ts';
import { freePort } from '../e2e/port.ts';

const root = resolve(import.meta.dirname, '../..');
const temporary = process.env['TMPDIR'];

describe('a folder that is not writable', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata folders äß-'));
    // Use a file in place of the folder, because root can write to a folder whatever its permissions are.
    file = join(folder, 'a file');
    await writeFile(file, '');
  });
  afterEach(() => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  });
  afterAll(() => rm(folder, { recursive: true }));

  const judge = (environment: Record<string, string>) =>
    checkFolders({ NODE_ENV: 'development', MAIL_KEPT_DIR: folder, ...environment }, root);

  it.each(['', 'below'])('is reported by the doctor (%j)', async (below) => {
    const dir = join(file, below);
    const advice = (setting: string) => ({
      status: 'FAIL',
      message: `${dir} is not writable (ENOTDIR)`,
      fix: `make it writable, or set ${setting}`,
    });
    expect(await judge({ EMBEDDED_DB_DIR: dir })).toEqual([
      expect.objectContaining(advice('EMBEDDED_DB_DIR')),
    ]);
    expect(await judge({ MAIL_KEPT_DIR: dir, EMBEDDED_DB_DIR: folder })).toEqual([
      expect.objectContaining(advice('MAIL_KEPT_DIR')),
    ]);
  });

  it.each(['', 'below'])('is reported by the embedded server (%j)', async (below) => {
    const dir = join(file, below);
    await expect(startEmbeddedServer({ dir })).rejects.toThrow(
      new RegExp(
        `^${dir} cannot be written \\(E[A-Z]+\\): make it writable, or set EMBEDDED_DB_DIR to a folder that is\\.$`,
      ),
    );
  });

  it.each(['a file', 'missing'])('is reported if TMPDIR points to it (%s)', async (name) => {
    const path = join(folder, name);
    process.env['TMPDIR'] = path;
    expect(await judge({ EMBEDDED_DB_DIR: folder })).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(new RegExp(`^${path} is not writable \\((ENOTDIR|ENOENT)\\)$`)),
        fix: 'make it writable, or set TMPDIR',
      }),
    ]);
    await expect(makeTemporaryFolder('test')).rejects.toThrow(
      `The temporary directory ${path} is not writable. Set TMPDIR to a writable folder.`,
    );
  });

  it.each([['dev.ts'], ['generate-migration.ts', '--check']])(
    'makes %s print one line without a stack trace',
    async (...command) => {
      const [script = '', ...options] = command;
      const args = ['--import', 'tsx', `scripts/${script}`, ...options];
      const env = { PATH: process.env['PATH'], EMBEDDED_DB_DIR: file, PORT: String(await freePort()) };
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env });
      expect(stderr).toBe(
        `${file} cannot be written (EEXIST): make it writable, or set EMBEDDED_DB_DIR to a folder that is.\n`,
      );
      expect(status).toBe(1);
    },
  );

  it('may have spaces and non-ASCII letters in its path', async () => {
    const dir = join(folder, 'base de données');
    expect(await judge({ EMBEDDED_DB_DIR: dir })).toEqual([expect.objectContaining({ status: 'ok' })]);
    const server = await startEmbeddedServer({ dir, settings: { fsync: 'off' } });
    await server.remove();
    expect(await readdir(folder)).toEqual(['a file']);
  });
});
