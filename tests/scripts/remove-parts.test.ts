import { describe, expect, it } from '@jest/globals';
import { chooseModules, withDependents } from '../../scripts/kit/remove/choose.ts';
import { droppingStatements } from '../../scripts/kit/remove/dropping-migration.ts';
import { withoutModules } from '../../scripts/kit/remove/module-list.ts';
import type { Module } from '../../scripts/kit/remove/modules.ts';
import { withoutRowsOf, withoutScripts } from '../../scripts/kit/remove/pages.ts';
import { withoutTables } from '../../scripts/kit/remove/privacy.ts';
import { cutRegions } from '../../scripts/kit/remove/regions.ts';

const lines = (...all: string[]): string => all.join('\n');

describe('chooseModules', () => {
  const module = (name: string, uses: string[] = [], note: Module['note'] = {}): [string, Module] => [
    name,
    { name, uses, note },
  ];
  const modules = new Map([
    module('users', [], { kept: 'everything depends on it.' }),
    module('products'),
    module('payments'),
    module('orders', ['products', 'payments', 'users']),
    module('parcels', ['orders']),
    module('mfa', ['users'], { alsoCalled: ['totp'] }),
  ]);
  const choose = (...names: string[]) => chooseModules(names, modules).map(({ name }) => name);

  it('returns unused modules, and used ones together with their dependents, without duplicates', () => {
    expect(choose('parcels')).toEqual(['parcels']);
    expect(choose('payments', 'orders', 'parcels', 'orders')).toEqual(['payments', 'orders', 'parcels']);
  });

  it('accepts alternative names', () => {
    expect(choose('totp')).toEqual(['mfa']);
  });

  it.each([
    [['payments'], 'payments is used by orders. Remove orders and parcels first or in the same command.'],
    [['orders', 'payments'], 'orders is used by parcels. Remove parcels first or in the same command.'],
    [['users'], 'users cannot be removed: everything depends on it.'],
    [['carts'], 'There is no module "carts" in src/api. Removable modules: products, payments,'],
    [[], 'mfa or totp.'],
  ])('rejects %j with a reason', (names, reason) => {
    expect(() => choose(...names)).toThrow(reason);
  });

  it('returns all dependents with withDependents', () => {
    expect(withDependents(['products'], modules)).toEqual(['products', 'orders', 'parcels']);
  });
});

describe('regions', () => {
  const cut = (path: string, text: string, ...names: string[]) => cutRegions(path, text, new Set(names));
  const code = lines('a;', '', '// #region orders', 'b;', '// #endregion', '', 'c;');

  it('are removed with their module, including the empty line', () => {
    expect(cut('a.ts', code, 'orders')).toBe(lines('a;', '', 'c;'));
    expect(cut('a.ts', code, 'payments')).toBe(code);
  });

  it('are removed for any of several names and with an enclosing region', () => {
    const nested = lines('# #region a b', '1', '# #region c', '2', '# #endregion', '3', '# #endregion', '4');
    expect(cut('a.yml', nested, 'b')).toBe('4');
    expect(cut('a.yml', nested, 'c')).toBe(lines('# #region a b', '1', '3', '# #endregion', '4'));
  });

  it('can be parts of a line and table rows in Markdown, where other markers are plain text', () => {
    const page = lines('A<!-- #region x --> and X<!-- #endregion -->.', '| x | <!-- #row x --> |', '| y |');
    expect(cut('a.md', page, 'x')).toBe(lines('A.', '| y |'));
    expect(cut('a.md', page, 'y')).toBe(page);
  });

  it.each([
    [lines('// #region x', 'a'), 'a.ts:1: #region without #endregion.'],
    [lines('// #region x', '// #endregion', '// #endregion'), 'a.ts:3: #endregion without #region.'],
  ])('that are unbalanced are rejected with their line', (text, reason) => {
    expect(() => cut('a.ts', text, 'y')).toThrow(reason);
  });
});

describe('references to a removed module', () => {
  it('are removed from src/modules.ts', () => {
    const list = lines(
      `import { aModule } from './api/a/index.ts';`,
      `import { abModule } from './api/a-b/index.ts';`,
      'export const modules = [',
      '  aModule,',
      '  abModule,',
      '];',
    );
    expect(withoutModules(list, new Set(['a']))).toBe(
      lines(
        `import { abModule } from './api/a-b/index.ts';`,
        'export const modules = [',
        '  abModule,',
        '];',
      ),
    );
  });

  it('are removed from docs/privacy.md: columns, and rows and bullets without columns', () => {
    const page = lines(
      '| `orders.name`, `users.name`   | what |',
      '| `orders.address` | as `orders.name` |',
      '- events: `outbox.type`,',
      '  `orders.status`',
      '- orders: `orders.currency`, `order_items.sku`',
      '- **orders**: it holds no personal data.',
      '- **users**: it handles erasure.',
      '',
    );
    expect(withoutTables(page, new Set(['orders', 'order_items']), new Set(['orders']))).toBe(
      lines('| `users.name` | what |', '- events: `outbox.type`', '- **users**: it handles erasure.', ''),
    );
  });

  it('are removed from package.json and tables of commands', () => {
    const manifest = { scripts: { a: 'run', check: 'npm run a && npm run b', b: 'run' } };
    expect(JSON.parse(withoutScripts(JSON.stringify(manifest), ['a']))).toEqual({
      scripts: { check: 'npm run b', b: 'run' },
    });
    const table = lines('| `npm run a:b` | x |', '| `npm run -s a -- X` | y |');
    expect(withoutRowsOf(table, ['a'])).toBe('| `npm run a:b` | x |');
  });

  it('are removed from the database', () => {
    const sql = droppingStatements({
      tables: ["o'rders"],
      migrations: ['CreateOrders1'],
      permissions: ['orders:place'],
      jobs: ['orders.expire'],
      events: ['orders.placed'],
      aggregates: ['order'],
    });
    expect(sql).toEqual([
      `DROP TABLE IF EXISTS "o'rders" CASCADE`,
      `DELETE FROM typeorm_metadata WHERE "table" IN ('o''rders')`,
      `DELETE FROM jobs WHERE name IN ('orders.expire')`,
      `DELETE FROM job_schedules WHERE name IN ('orders.expire')`,
      `DELETE FROM outbox WHERE type IN ('orders.placed')`,
      `DELETE FROM outbox_sequences WHERE aggregate_type IN ('order')`,
      `DELETE FROM snapshots WHERE aggregate_type IN ('order')`,
      expect.stringContaining("array_remove(scopes, 'orders:place')"),
    ]);
  });
});
