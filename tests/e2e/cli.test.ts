import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createEmptyDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';
import { productionEnvironmentOn, run, testEnvironmentOn } from './process.ts';

describe('the command line', () => {
  const name = databaseName('cli');
  let databaseUrl: string;
  let place: string;

  beforeAll(async () => {
    databaseUrl = await createEmptyDatabase(name);
    const { host, pathname } = new URL(databaseUrl);
    place = `(${host}${pathname})`;
  });
  afterAll(() => dropDatabase(name));

  const cli = (...args: string[]) => run('cli', args, testEnvironmentOn(databaseUrl));
  const inProduction = (...args: string[]) => run('cli', args, productionEnvironmentOn(databaseUrl));

  const query = async (sql: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('prints its commands without a database', async () => {
    const [help, wrong] = await Promise.all([cli('help'), cli('db:destroy')]);
    for (const command of ['db:migrate', 'db:rollback', 'db:seed', 'user:create', '--email']) {
      expect(help.stdout).toContain(command);
    }
    expect([help.code, help.stderr]).toEqual([0, '']);
    expect([wrong.code, wrong.stdout]).toEqual([1, '']);
    expect(wrong.stderr).toMatch(/^There is no command "db:destroy"\.\nCommands:/);
  });

  it('exits with 78 and names the issues of its environment', async () => {
    const { code, stderr } = await run('cli', ['db:migrate'], {});
    expect(code).toBe(78);
    expect(stderr).toContain('DATABASE_URL is required');
  });

  it('migrates once, rolls back the newest migration and names the database', async () => {
    const first = await cli('db:migrate');
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^Migrated: CreateIdempotencyRecords\d+, .*CreateSessions\d+/);
    expect(first.stdout.trimEnd().endsWith(place)).toBe(true);
    const again = await inProduction('db:migrate');
    expect([again.code, again.stdout]).toEqual([0, `The database is up to date. ${place}\n`]);

    const [newest] = (await query('SELECT name FROM migrations ORDER BY id DESC LIMIT 1')) as {
      name: string;
    }[];
    const rolledBack = await cli('db:rollback');
    expect([rolledBack.code, rolledBack.stdout]).toEqual([0, `Reverted: ${newest?.name ?? ''}. ${place}\n`]);
    const migratedAgain = await cli('db:migrate');
    expect(migratedAgain.stdout).toBe(`Migrated: ${newest?.name ?? ''}. ${place}\n`);
  });

  it('adds the demo data once, and refuses in production', async () => {
    const refused = await inProduction('db:seed');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toBe('Demo data has known passwords and is refused in production.\n');
    expect(await query('SELECT 1 FROM users')).toEqual([]);
    for (const seeded of [await cli('db:seed'), await cli('db:seed')]) {
      expect([seeded.code, seeded.stderr]).toEqual([0, '']);
      expect(seeded.stdout).toContain('3 demo users');
      // #region products
      expect(seeded.stdout).toContain('; 200 products');
      // #endregion
      // #region orders
      expect(seeded.stdout).toContain('; 50 orders');
      // #endregion
    }
    expect(await query('SELECT 1 FROM users')).toHaveLength(3);
    // #region products
    const stocks = await query('SELECT count(*)::int AS products, min(stock) >= 0 AS sound FROM products');
    expect(stocks).toEqual([{ products: 200, sound: true }]);
    // #endregion
    // #region orders
    const placed = await query(
      'SELECT count(*)::int AS orders, count(DISTINCT status)::int AS states FROM orders',
    );
    expect(placed).toEqual([{ orders: 50, states: 6 }]);
    // #endregion
  });

  it('creates an administrator, also in production', async () => {
    const password = 'a long enough phrase';
    const create = (...options: string[]) => inProduction('user:create', ...options, '--password', password);
    const [made, short, unknown] = await Promise.all([
      create('--email', 'First.Admin@Example.com', '--role', 'admin'),
      inProduction('user:create', '--email', 'second@example.com', '--password', 'short'),
      create('--email', 'third@example.com', '--colour', 'blue'),
    ]);
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toMatch(/^Created first\.admin@example\.com \(admin\), id [0-9a-f-]{36}\. \(/);
    expect(made.stdout.trimEnd().endsWith(place)).toBe(true);
    expect(short.code).toBe(1);
    expect(short.stderr).toMatch(/password.*at least 8.*Check --email, --password, --role/);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("Unknown option '--colour'");
    for (const { stdout, stderr } of [made, short, unknown]) expect(stdout + stderr).not.toContain(password);
    const rows =
      await query(`SELECT email, roles, password_hash FROM users WHERE email LIKE '%@example.com' AND email NOT IN
      ('admin@example.com', 'manager@example.com', 'user@example.com')`);
    expect(rows).toEqual([
      {
        email: 'first.admin@example.com',
        roles: ['admin'],
        password_hash: expect.stringMatching(/^v1\$.*\$2b\$10\$/),
      },
    ]);

    const twice = await create('--email', 'FIRST.admin@example.com');
    expect([twice.code, twice.stderr]).toEqual([1, 'An account with this e-mail address already exists.\n']);
  });
});
