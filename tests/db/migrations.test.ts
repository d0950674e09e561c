import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type Joi from 'joi';
import type { QueryRunner } from 'typeorm';
import { defineModule, type ModuleDefinition } from '../../src/module.ts';
import type { Database } from '../../src/db/database.ts';
import { assertMigrated, findDrift, migrate, rollback } from '../../src/db/migrate.ts';
import { modules } from '../../src/modules.ts';
import { createDatabase } from '../../src/process/dependencies.ts';
import { describeApp } from '../contract/routes.ts';
import { testConfig, generousTimeoutMs } from '../helpers/config.ts';
import { createEmptyDatabase, createTestDatabase, databaseName, dropDatabase } from '../helpers/databases.ts';

async function open(url: string, definitions: readonly ModuleDefinition[] = modules): Promise<Database> {
  const db = createDatabase(testConfig({ DATABASE_URL: url }, definitions), definitions, {
    queryTimeoutMs: generousTimeoutMs,
  });
  await db.connect();
  return db;
}

/** Returns the structure of the whole schema as text. */
async function structureOf(db: Database): Promise<string[]> {
  const rows = await db.query<{ line: string }>(
    `SELECT format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) AS line
       FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
     UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace
     ORDER BY 1`,
  );
  return rows.map(({ line }) => line);
}

const tablesOf = async (db: Database): Promise<string[]> => {
  const rows = await db.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

describe('migrations', () => {
  const name = databaseName('migrations');
  let url: string;
  let db: Database;

  beforeAll(async () => {
    url = await createEmptyDatabase(name);
    db = await open(url);
  });
  afterAll(async () => {
    await db.close();
    await dropDatabase(name);
  });

  it('are reported as missing, with advice, until they have run', async () => {
    await expect(assertMigrated(db)).rejects.toThrow('npm run db:migrate');
    expect(await rollback(db)).toBeNull();
  });

  it('run once, however many processes start concurrently', async () => {
    const other = await open(url);
    const done = await Promise.all([migrate(db), migrate(other)]);
    await other.close();
    expect(done.map(({ length }) => length > 0).sort()).toEqual([false, true]);
    expect(await migrate(db)).toEqual([]);
    await expect(assertMigrated(db)).resolves.toBeUndefined();
  });

  it('create the schema that the entities describe', async () => {
    expect(await findDrift(db)).toEqual({ up: [], down: [] });
  });

  it('can be reverted one by one and run again', async () => {
    const before = await structureOf(db);
    const undone: string[] = [];
    for (let name = await rollback(db); name !== null; name = await rollback(db)) undone.push(name);
    expect(undone.length).toBeGreaterThan(4);
    expect(await tablesOf(db)).toEqual(['migrations', 'typeorm_metadata']);
    expect(await db.query('SELECT * FROM typeorm_metadata')).toEqual([]);
    expect(await migrate(db)).toEqual(undone.toReversed());
    expect(await structureOf(db)).toEqual(before);
    expect(await findDrift(db)).toEqual({ up: [], down: [] });
  });

  it('are not subject to the query timeout', async () => {
    class Slow1763800000000 {
      readonly name = 'Slow1763800000000';
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('SELECT pg_sleep(2.2)');
      }
      async down(): Promise<void> {
        // Nothing to revert.
      }
    }
    const slow = defineModule({
      name: 'slow',
      path: '/slow',
      migrations: [Slow1763800000000],
      create: () => ({ api: {}, routes: [] }),
    });
    const newer = await open(url, [...modules, slow]);
    expect(await migrate(newer)).toEqual(['Slow1763800000000']);
    await newer.close();
    // Older code must accept a database that newer code has migrated.
    await expect(assertMigrated(db)).resolves.toBeUndefined();
  });
});

interface Column {
  readonly flags?: { readonly presence?: string };
  readonly rules?: readonly { readonly name: string; readonly args?: { readonly regex?: string } }[];
}

const paging = ['page', 'limit', 'cursor', 'sort'];

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Maps each filter that is not named after its column to the column. */
const columnOfFilter: Record<string, string> = {
  'audit.from': 'occurred_at',
  'audit.to': 'occurred_at',
  // #region products
  'products.minPrice': 'price_minor',
  'products.maxPrice': 'price_minor',
  'products.inStock': 'stock',
  // #endregion
  'users.role': 'roles',
  'users.createdFrom': 'created_at',
  'users.createdTo': 'created_at',
};

/** Returns the column of a filter: `minTotal` → `total`, `dueOnFrom` → `due_on`, `q` → `search`. */
const filterToColumn = (key: string): string =>
  key === 'q'
    ? 'search'
    : snakeCase(key.replace(/^(?:min|max)(?=[A-Z])|(?:From|To)$/g, '')).replace(/^_/, '');

/** Maps each module whose table has another name to the table. */
const tableOfModule: Record<string, string> = {
  audit: 'audit_events',
  // #region webhooks
  webhooks: 'webhook_deliveries',
  // #endregion
  // #region product-imports
  'product-imports': 'product_import_errors',
  // #endregion
  'operations/jobs': 'jobs',
  'operations/events/dead': 'outbox',
  // #region orders
  'orders/summaries': 'order_summaries',
  // #endregion
};

// Columns that need no index: operators rarely list jobs by status, but every change of a job would update the index.
const unserved = ['jobs.status'];

/**
 * Columns that an index of a list may start with, in addition to foreign keys, because every query of the list filters
 * by them.
 */
const owners = [
  'order_summaries.customer_id',
  'order_summaries.generation',
  'webhook_deliveries.endpoint_id',
];

/** Maps a table to a condition that all its lists have, so its indexes may have this condition too. */
const always: Record<string, string> = {
  // #region products
  products: '(deleted_at IS NULL)',
  // #endregion
  outbox: "(status = 'dead'::text)",
};

/** Returns every column that a list sorts or filters by, such as `users.created_at`. */
function listedColumns(): string[] {
  const columns = describeApp().modules.routes.flatMap(({ module, route }) => {
    if (route.query === undefined) return [];
    const keys = ((route.query as Joi.AnySchema).describe()['keys'] ?? {}) as Record<string, Column>;
    const pattern = keys['sort']?.rules?.find(({ name }) => name === 'pattern')?.args?.regex;
    if (pattern === undefined) return [];
    const fields = /\(\?:([\w|]+)\)/.exec(pattern)?.[1]?.split('|') ?? [];
    const filters = Object.keys(keys).filter((key) => !paging.includes(key));
    const table =
      tableOfModule[`${module}${route.path}`] ?? tableOfModule[module] ?? module.replaceAll('-', '_');
    return [
      ...fields.map((field) => `${table}.${snakeCase(field)}`),
      ...filters.map((key) => `${table}.${columnOfFilter[`${module}.${key}`] ?? filterToColumn(key)}`),
    ];
  });
  return [...new Set(columns)].sort();
}

describe('indexes', () => {
  const name = databaseName('indexes');
  let db: Database;

  beforeAll(async () => {
    db = await open(await createTestDatabase(name));
  });
  afterAll(async () => {
    await db.close();
    await dropDatabase(name);
  });

  const unindexedForeignKeys = async (): Promise<string[]> => {
    const rows = await db.query<{ name: string }>(
      `SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) AS name FROM pg_constraint
       WHERE contype = 'f' AND NOT EXISTS (
         SELECT 1 FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL
           AND (string_to_array(indkey::text, ' ')::int2[])[1:cardinality(conkey)] @> conkey)`,
    );
    return rows.map((row) => row.name);
  };

  const wholeUniquesOfSoftDeletable = async (): Promise<string[]> => {
    const rows = await db.query<{ name: string }>(
      `SELECT indexrelid::regclass::text AS name FROM pg_index
       JOIN pg_attribute ON attrelid = indrelid AND attname = 'deleted_at' AND NOT attisdropped
       WHERE indisunique AND NOT indisprimary AND indpred IS NULL`,
    );
    return rows.map((row) => row.name);
  };

  /** Maps an index to its table, its columns in order, and its condition. */
  const indexes = () =>
    db.query<{ table: string; columns: string[]; condition: string | null }>(
      `SELECT indrelid::regclass::text AS table, pg_get_expr(indpred, indrelid) AS condition,
         ARRAY(SELECT attname::text FROM unnest(string_to_array(indkey::text, ' ')::int2[]) WITH ORDINALITY AS key (number, place)
           JOIN pg_attribute ON attrelid = indrelid AND attnum = number ORDER BY place) AS columns
       FROM pg_index`,
    );

  it('exist for each foreign key', async () => {
    expect(await unindexedForeignKeys()).toEqual([]);
  });

  /** Returns each foreign-key column, such as `orders.customer_id`. */
  const referring = async (): Promise<string[]> => {
    const rows = await db.query<{ name: string }>(
      `SELECT format('%s.%s', conrelid::regclass, attname) AS name FROM pg_constraint
       JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] WHERE contype = 'f'`,
    );
    return rows.map(({ name }) => name);
  };

  it('exist for every column that a list sorts or filters by', async () => {
    const columns = listedColumns();
    expect(columns).toEqual(expect.arrayContaining(['users.search', 'users.roles']));
    const all = await indexes();
    const scopes = [...owners, ...(await referring())];
    const isServed = (listed: string): boolean => {
      const [table = '', column = ''] = listed.split('.');
      const own = all.filter((index) => index.table === table);
      const isWhole = own.some(({ columns: [first = '', second = ''], condition }) => {
        const isFirst = first === column || (scopes.includes(`${table}.${first}`) && second === column);
        return isFirst && (condition === null || condition === always[table]);
      });
      // A filter for null or not null can use two partial indexes instead, one for each case.
      const isHalved = ['>', '='].every((operator) =>
        own.some(({ condition }) => condition?.includes(`(${column} ${operator} 0)`) === true),
      );
      return isWhole || isHalved;
    };
    expect(columns.filter((column) => !isServed(column))).toEqual(unserved);
    expect(isServed('users.password_hash')).toBe(false);
  });

  it('exclude deleted rows from unique constraints', async () => {
    expect(await wholeUniquesOfSoftDeletable()).toEqual([]);
  });

  it('are reported if they are missing', async () => {
    await db.query(
      'CREATE TABLE bad (id int PRIMARY KEY, user_id uuid REFERENCES users, sku text UNIQUE, deleted_at timestamptz)',
    );
    expect(await unindexedForeignKeys()).toEqual(['bad FOREIGN KEY (user_id) REFERENCES users(id)']);
    expect(await wholeUniquesOfSoftDeletable()).toEqual(['bad_sku_key']);
    await db.query('DROP TABLE bad');
  });
});
