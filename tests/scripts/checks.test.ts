import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeDifference } from '../../scripts/doctor/clock.ts';
import { judgeDependencies } from '../../scripts/doctor/dependencies.ts';
import { describeRoom } from '../../scripts/doctor/disk.ts';
import { about, carryOut, toLines } from '../../scripts/doctor/finding.ts';
import { judgeSecretFiles } from '../../scripts/doctor/secret-files.ts';
import { judgeConnections, judgeMigrations, receiveFacts } from '../../scripts/doctor/service.ts';

const { ok } = about('thing');

describe('a check of the doctor', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-checks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('that throws or never ends is a failure of its own, and keeps no other from its turn', async () => {
    const runs = [
      () => Promise.reject(new Error('broken\n    at somewhere')),
      () => new Promise<never>(() => undefined),
      () => {
        throw new Error('at once');
      },
      async () => ok('fine'),
    ];
    const found = await Promise.all(runs.map((run) => carryOut({ name: 'thing', timeoutMs: 5_000, run })));
    expect(found.flat().map(({ status, message }) => `${status} ${message}`)).toEqual([
      'FAIL broken',
      'FAIL no answer within 5 s',
      'FAIL at once',
      'ok fine',
    ]);
  });

  it('is a line, with what mends it at the end', () => {
    expect(toLines([ok('fine'), about('a').fail('broken', 'npm ci')])).toBe(
      'ok    thing  fine\nFAIL  a      broken  ->  npm ci\n',
    );
  });

  it.each([
    [1_900, 0, 'ok'],
    [-1_900, 0, 'ok'],
    [2_100, 0, 'warn'],
    [2_100, 200, 'ok'],
    [-29_000, 0, 'warn'],
    [31_000, 0, 'FAIL'],
    [-31_000, 500, 'FAIL'],
  ])('takes a clock that is %i ms away, give or take %i, as %s', (difference, margin, status) => {
    const finding = describeDifference(difference, margin);
    expect(finding.status).toBe(status);
    if (status !== 'ok') expect(finding.message).toContain(difference > 0 ? 'ahead of' : 'behind');
  });

  it.each([
    [5e9, 'ok'],
    [5e8, 'warn'],
    [5e7, 'FAIL'],
  ])('takes %d free bytes as %s', (bytes, status) => {
    expect(describeRoom(bytes).status).toBe(status);
  });

  it('of migrations tells those of another branch from those that are missing', () => {
    const facts = { issues: [], unfit: [], toBeMade: [], migrations: ['A1', 'B2'], connections: null };
    const judge = (done: string[] | null) => judgeMigrations(facts, done, { NODE_ENV: 'production' });
    expect(judge(['A1', 'B2']).status).toBe('ok');
    expect(judge(['A1'])).toMatchObject({
      status: 'FAIL',
      message: expect.stringContaining('1 of 2 pending, the first is B2'),
    });
    expect(judge(['A1', 'B2', 'C3'])).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('C3'),
    });
    expect(judge(null).message).toContain('not known');
  });

  it.each([
    [100, 'ok'],
    [101, 'warn'],
  ])('takes %i connections to a database that has 100 as %s', (connections, status) => {
    const facts = { issues: [], unfit: [], toBeMade: [], migrations: [], connections };
    expect(judgeConnections(facts, 100).status).toBe(status);
    expect(judgeConnections(facts, null).status).toBe('ok');
  });

  it('of files finds those that others may read', async () => {
    const root = join(folder, 'files');
    await mkdir(root);
    const named = join(root, 'jwt');
    for (const file of [join(root, '.env.local'), join(root, '.env.example'), named]) {
      await writeFile(file, '');
      await chmod(file, 0o644);
    }
    const env = { JWT_SECRET_FILE: named };
    expect((await judgeSecretFiles(env, root)).map(({ status, fix }) => [status, fix])).toEqual([
      ['warn', 'chmod 600 .env.local'],
      ['warn', 'chmod 600 jwt'],
    ]);
    for (const file of [join(root, '.env.local'), named]) await chmod(file, 0o600);
    expect((await judgeSecretFiles(env, root)).map(({ status }) => status)).toEqual(['ok']);
  });

  it('of dependencies holds what is installed against both files', async () => {
    const root = join(folder, 'dependencies');
    await mkdir(join(root, 'node_modules'), { recursive: true });
    const put = (name: string, content: object) => writeFile(join(root, name), JSON.stringify(content));
    const dependencies = { a: '^1.0.0' };
    const optional = { version: '3.0.0', optional: true };
    const locked = (version: string) => ({
      'node_modules/a': { version },
      'node_modules/other-platform': optional,
    });
    await put('package.json', { dependencies });
    await put('package-lock.json', { packages: { '': { dependencies }, ...locked('1.0.0') } });
    expect(await judgeDependencies(root)).toMatchObject({ status: 'FAIL', fix: 'npm ci' });
    await put('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } });
    expect((await judgeDependencies(root)).status).toBe('ok');
    await put('package-lock.json', { packages: { '': { dependencies }, ...locked('1.2.0') } });
    expect(await judgeDependencies(root)).toMatchObject({
      status: 'FAIL',
      message: expect.stringContaining('such as a'),
    });
    await mkdir(join(root, 'node_modules/a'));
    await put('node_modules/a/package.json', { version: '1.2.0' });
    expect((await judgeDependencies(root)).status).toBe('ok');
    await put('package.json', { dependencies: { ...dependencies, b: '1' } });
    expect(await judgeDependencies(root)).toMatchObject({ status: 'FAIL', fix: 'npm install' });
  });

  it('of the code says why that cannot be loaded', async () => {
    const file = join(folder, 'broken.mjs');
    await writeFile(file, `throw new TypeError('This module is broken.');`);
    const child = fork(file, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    await expect(receiveFacts(child)).rejects.toThrow(
      'cannot be looked at: TypeError: This module is broken.',
    );
  });
});
