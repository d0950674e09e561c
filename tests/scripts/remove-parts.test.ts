import { describe, expect, it } from '@jest/globals';
import { chooseModules, withUsers } from '../../scripts/kit/remove/choose.ts';
import { droppingStatements } from '../../scripts/kit/remove/dropping-migration.ts';
import { withoutModules } from '../../scripts/kit/remove/module-list.ts';
import type { Module } from '../../scripts/kit/remove/modules.ts';
import { withoutRowsOf, withoutScripts } from '../../scripts/kit/remove/pages.ts';
import { withoutTables } from '../../scripts/kit/remove/privacy.ts';
import { cutRegions } from '../../scripts/kit/remove/regions.ts';

const lines = (...all: string[]): string => all.join('\n');

describe('choosing what to remove', () => {
  const module = (name: string, uses: string[] = [], note: Module['note'] = {}): [string, Module] => [
    name,
    { name, uses, note },
  ];
  const modules = new Map([
    module('users', [], { kept: 'everything stands on it.' }),
    module('products'),
    module('payments'),
    module('orders', ['products', 'payments', 'users']),
    module('parcels', ['orders']),
    module('mfa', ['users'], { alsoCalled: ['totp'] }),
  ]);
  const choose = (...names: string[]) => chooseModules(names, modules).map(({ name }) => name);

  it('takes what nobody uses, and what is used together with its users, each once', () => {
    expect(choose('parcels')).toEqual(['parcels']);
    expect(choose('payments', 'orders', 'parcels', 'orders')).toEqual(['payments', 'orders', 'parcels']);
  });

  it('knows other names', () => {
    expect(choose('totp')).toEqual(['mfa']);
  });

  it.each([
    [['payments'], 'payments is used by orders: remove orders and parcels as well, or first.'],
    [['orders', 'payments'], 'orders is used by parcels: remove parcels as well, or first.'],
    [['users'], 'users cannot be removed: everything stands on it.'],
    [['carts'], 'There is no module "carts" below src/api. What can be removed: products, payments,'],
    [[], 'mfa or totp.'],
  ])('refuses %j with the reason', (names, reason) => {
    expect(() => choose(...names)).toThrow(reason);
  });

  it('finds all that hangs on one', () => {
    expect(withUsers(['products'], modules)).toEqual(['products', 'orders', 'parcels']);
  });
});

describe('regions', () => {
  const cut = (path: string, text: string, ...names: string[]) => cutRegions(path, text, new Set(names));
  const code = lines('a;', '', '// #region orders', 'b;', '// #endregion', '', 'c;');

  it('go with their module, and the gap with them', () => {
    expect(cut('a.ts', code, 'orders')).toBe(lines('a;', '', 'c;'));
    expect(cut('a.ts', code, 'payments')).toBe(code);
  });

  it('go with any of several names, and with what they stand in', () => {
    const nested = lines('# #region a b', '1', '# #region c', '2', '# #endregion', '3', '# #endregion', '4');
    expect(cut('a.yml', nested, 'b')).toBe('4');
    expect(cut('a.yml', nested, 'c')).toBe(lines('# #region a b', '1', '3', '# #endregion', '4'));
  });

  it('are parts of a line and rows of a table in Markdown, and other marks there are only text', () => {
    const page = lines('A<!-- #region x --> and X<!-- #endregion -->.', '| x | <!-- #row x --> |', '| y |');
    expect(cut('a.md', page, 'x')).toBe(lines('A.', '| y |'));
    expect(cut('a.md', page, 'y')).toBe(page);
  });

  it.each([
    [lines('// #region x', 'a'), 'a.ts:1: the region has no end.'],
    [lines('// #region x', '// #endregion', '// #endregion'), 'a.ts:3: a region ends that never began.'],
  ])('that do not fit are refused by their place', (text, reason) => {
    expect(() => cut('a.ts', text, 'y')).toThrow(reason);
  });
});

describe('what is said of a module elsewhere', () => {
  it('goes out of src/modules.ts', () => {
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

  it('goes out of docs/privacy.md: columns, and rows and bullets that are empty then', () => {
    const page = lines(
      '| `orders.name`, `users.name`   | what |',
      '| `orders.address` | as `orders.name` |',
      '- events: `outbox.type`,',
      '  `orders.status`',
      '- orders: `orders.currency`, `order_items.sku`',
      '- **orders**: nothing of it is about people.',
      '- **users**: it does so by itself.',
      '',
    );
    expect(withoutTables(page, new Set(['orders', 'order_items']), new Set(['orders']))).toBe(
      lines('| `users.name` | what |', '- events: `outbox.type`', '- **users**: it does so by itself.', ''),
    );
  });

  it('goes out of package.json and the tables of commands', () => {
    const manifest = { scripts: { a: 'run', check: 'npm run a && npm run b', b: 'run' } };
    expect(JSON.parse(withoutScripts(JSON.stringify(manifest), ['a']))).toEqual({
      scripts: { check: 'npm run b', b: 'run' },
    });
    const table = lines('| `npm run a:b` | x |', '| `npm run -s a -- X` | y |');
    expect(withoutRowsOf(table, ['a'])).toBe('| `npm run a:b` | x |');
  });

  it('goes out of the database, with what would be dead there', () => {
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
