import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openHeadless, type Headless } from '../../scripts/lib/app-without-http.ts';
// #region products
import { productsModule } from '../../src/api/products/index.ts';
// #endregion
import { usersModule } from '../../src/api/users/index.ts';
import { currentContext } from '../../src/core/context.ts';
import type { Environment } from '../../src/config/environment.ts';
import { testEnvironment } from '../helpers/config.ts';
import { createEmptyDatabase, createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { until } from '../helpers/until.ts';

const root = resolve(import.meta.dirname, '../..');
const loader = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;

describe('openHeadless', () => {
  const names = { migrated: databaseName('headless'), empty: databaseName('headless_empty') };
  let env: Environment;
  let service: Headless;
  let folder: string;
  const email = 'ada@example.com';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'strata-console-'));
    env = { ...testEnvironment, DATABASE_URL: await createTestDatabase(names.migrated) };
    service = await openHeadless(env);
    const roles = ['user'] as const;
    await service.use(usersModule).create({ email, password: 'a long enough phrase', name: 'Ada', roles });
  });
  afterAll(async () => {
    await service.close();
    await Promise.all([...Object.values(names).map(dropDatabase), rm(folder, { recursive: true })]);
  });

  it('returns modules by definition or by name', async () => {
    expect(service.use('users')).toBe(service.use(usersModule));
    expect(service.modules).toContain('users');
    expect(() => service.use('nothing')).toThrow(/There is no module "nothing"\. .*users/);
  });

  it('runs work as a user', async () => {
    const ada = await service.use(usersModule).findByEmail(email);
    await service.as({ email }, async () => {
      expect(currentContext()?.userId).toBe(ada?.id);
    });
    expect(currentContext()).toBeUndefined();
    await expect(service.as({ email: 'nobody@example.com' }, async () => 1)).rejects.toThrow(/no account/);
  });

  it('shows the settings without secrets and the database without its password', () => {
    const { DATABASE_URL, JWT_SECRET, PASSWORD_PEPPER, BCRYPT_COST } = service.config;
    expect([DATABASE_URL, JWT_SECRET, PASSWORD_PEPPER, BCRYPT_COST]).toEqual([
      '[hidden]',
      '[hidden]',
      '[hidden]',
      4,
    ]);
    const shown = JSON.stringify([service.config, service.db, service.place]);
    expect(shown).not.toContain(testEnvironment['JWT_SECRET']);
    expect(shown).not.toContain(env['DATABASE_URL']);
    expect(service.place).toMatch(/^[\w.:-]+\/strata_\w*headless_/);
  });

  it('rejects a database with pending migrations and closes its connections', async () => {
    const DATABASE_URL = await createEmptyDatabase(names.empty);
    await expect(openHeadless({ ...env, DATABASE_URL })).rejects.toThrow(/missing migrations/);
  });

  const start = (script: string, ...args: string[]): ChildProcess =>
    spawn(process.execPath, ['--import', loader, join(root, 'scripts', script), ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  const collect = (child: ChildProcess): { text: string } => {
    const output = { text: '' };
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
    return output;
  };

  it('opens a REPL with top-level await', async () => {
    const child = start('console.ts');
    const output = collect(child);
    const type = async (line: string, answer: string) => {
      child.stdin?.write(`${line}\n`);
      await until(`"${line}" is answered`, () => output.text.includes(answer));
    };
    await until('it asks', () => output.text.includes('strata> '));
    await type(`(await use('users').findByEmail('${email}')).name + '!'`, "'Ada!'");
    await type(`await db.query('SELECT 40 + 2 AS sum')`, '[ { sum: 42 } ]');
    await type('config.JWT_SECRET', "'[hidden]'");
    await type('.guide', 'as({ email }, work)');
    const ended = once(child, 'close');
    child.stdin?.end();
    expect((await ended)[0]).toBe(0);
    expect(output.text).not.toContain(testEnvironment['JWT_SECRET']);
    // The history must be readable by its owner only.
    expect((await stat(join(folder, '.data/console-history'))).mode & 0o077).toBe(0);
  });

  // #region products
  it('works in the scripts of scripts/examples', async () => {
    const runs = async (script: string, ...args: string[]) => {
      const child = start(join('examples', script), ...args);
      const output = collect(child);
      const [code] = (await once(child, 'close')) as [number];
      return { code, text: output.text };
    };
    expect(await runs('add-product.ts', email, 'SCRIPT-1')).toEqual({ code: 0, text: 'Stored SCRIPT-1.\n' });
    expect(await runs('add-product.ts')).toEqual({
      code: 1,
      text: expect.stringMatching(/sku.*\nAdds a product on behalf of an account/),
    });
    expect(await runs('price-range.ts')).toEqual({
      code: 0,
      text: 'EUR 1 products, 1990 to 1990 (minor units)\n',
    });
    for await (const batch of service.use(productsModule).catalogue.prices()) expect(batch).toHaveLength(1);
  });
  // #endregion
});
