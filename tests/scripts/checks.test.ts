import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeDifference } from '../../scripts/doctor/clock.ts';
import { checkDependencies } from '../../scripts/doctor/dependencies.ts';
import { describeRoom } from '../../scripts/doctor/disk.ts';
import { about, runCheck, toLines } from '../../scripts/doctor/finding.ts';
import { checkSecretFiles } from '../../scripts/doctor/secret-files.ts';
import { checkConnections, checkMigrations, receiveFacts } from '../../scripts/doctor/service.ts';

const { ok } = about('thing');

describe('a check of the doctor', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-checks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('fails if it throws or times out, without affecting others', async () => {
    const runs = [
      () => Promise.reject(new Error('broken\n    at somewhere')),
      () => new Promise<never>(() => undefined),
      () => {
        throw new Error('synchronous');
      },
      async () => ok('fine'),
    ];
    const found = await Promise.all(runs.map((run) => runCheck({ name: 'thing', timeoutMs: 5_000, run })));
    expect(found.flat().map(({ status, message }) => `${status} ${message}`)).toEqual([
      'FAIL broken',
      'FAIL timed out after 5 s',
      'FAIL synchronous',
      'ok fine',
    ]);
  });

  it('is printed as a line that ends with the fix', () => {
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
  ])('rates a clock difference of %i ms with a margin of %i ms as %s', (difference, margin, status) => {
    const finding = describeDifference(difference, margin);
    expect(finding.status).toBe(status);
    if (status !== 'ok') expect(finding.message).toContain(difference > 0 ? 'ahead of' : 'behind');
  });

  it.each([
    [5e9, 'ok'],
    [5e8, 'warn'],
    [5e7, 'FAIL'],
  ])('rates %d free bytes as %s', (bytes, status) => {
    expect(describeRoom(bytes).status).toBe(status);
  });

  it('distinguishes migrations of another branch from pending ones', () => {
    const facts = {
      issues: [],
      rejectedInProduction: [],
      generated: [],
      migrations: ['A1', 'B2'],
      connections: null,
    };
    const check = (done: string[] | null) => checkMigrations(facts, done, { NODE_ENV: 'production' });
    expect(check(['A1', 'B2']).status).toBe('ok');
    expect(check(['A1'])).toMatchObject({
      status: 'FAIL',
      message: expect.stringContaining('1 of 2 pending, the first is B2'),
    });
    expect(check(['A1', 'B2', 'C3'])).toMatchObject({
      status: 'warn',
      message: expect.stringContaining('C3'),
    });
    expect(check(null).message).toContain('unknown');
  });

  it.each([
    [100, 'ok'],
    [101, 'warn'],
  ])('rates %i connections to a database that allows 100 as %s', (connections, status) => {
    const facts = { issues: [], rejectedInProduction: [], generated: [], migrations: [], connections };
    expect(checkConnections(facts, 100).status).toBe(status);
    expect(checkConnections(facts, null).status).toBe('ok');
  });

  it('finds secret files that other users can read', async () => {
    const root = join(folder, 'files');
    await mkdir(root);
    const named = join(root, 'jwt');
    for (const file of [join(root, '.env.local'), join(root, '.env.example'), named]) {
      await writeFile(file, '');
      await chmod(file, 0o644);
    }
    const env = { JWT_SECRET_FILE: named };
    expect((await checkSecretFiles(env, root)).map(({ status, fix }) => [status, fix])).toEqual([
      ['warn', 'chmod 600 .env.local'],
      ['warn', 'chmod 600 jwt'],
    ]);
    for (const file of [join(root, '.env.local'), named]) await chmod(file, 0o600);
    expect((await checkSecretFiles(env, root)).map(({ status }) => status)).toEqual(['ok']);
  });

  it('compares the installed packages with package.json and package-lock.json', async () => {
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
    expect(await checkDependencies(root)).toMatchObject({ status: 'FAIL', fix: 'npm ci' });
    await put('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } });
    expect((await checkDependencies(root)).status).toBe('ok');
    await put('package-lock.json', { packages: { '': { dependencies }, ...locked('1.2.0') } });
    expect(await checkDependencies(root)).toMatchObject({
      status: 'FAIL',
      message: expect.stringContaining('such as a'),
    });
    await mkdir(join(root, 'node_modules/a'));
    await put('node_modules/a/package.json', { version: '1.2.0' });
    expect((await checkDependencies(root)).status).toBe('ok');
    await put('package.json', { dependencies: { ...dependencies, b: '1' } });
    expect(await checkDependencies(root)).toMatchObject({ status: 'FAIL', fix: 'npm install' });
  });

  it('reports why the service cannot be loaded', async () => {
    const file = join(folder, 'broken.mjs');
    await writeFile(file, `throw new TypeError('This module is broken.');`);
    const child = fork(file, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    await expect(receiveFacts(child)).rejects.toThrow(
      'the service cannot be loaded: TypeError: This module is broken.',
    );
  });
});
