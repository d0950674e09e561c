import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FileTransaction } from '../../scripts/kit/generate/changes.ts';
import { nameModule, singularOf } from '../../scripts/kit/generate/names.ts';
import { makePlan } from '../../scripts/kit/generate/plan.ts';
import {
  addImport,
  appendToArray,
  appendToInstance,
  appendToModule,
  destructureInCreate,
  widenFields,
} from '../../scripts/kit/generate/typescript.ts';
import { languages } from '../../src/core/languages.ts';

const root = join(import.meta.dirname, '../..');

describe('names', () => {
  it.each([
    ['invoices', 'invoice'], ['categories', 'category'], ['addresses', 'address'], ['boxes', 'box'], ['statuses', 'status'],
    ['houses', 'house'], ['cases', 'case'], ['credit-notes', 'credit-note'], ['news', 'new'],
    ['sheep', undefined],
  ])('%s has the singular %s', (plural, singular) => {
    expect(singularOf(plural)).toBe(singular);
  }); // prettier-ignore

  it('are derived from the module name', () => {
    expect(nameModule('credit-notes')).toMatchObject({
      table: 'credit_notes',
      Entity: 'CreditNote',
      many: 'creditNotes',
      label: 'credit note',
      code: 'CREDIT_NOTES',
    });
    expect(nameModule('movies', 'movie').Entity).toBe('Movie');
  });

  it.each([
    ['Invoices', 'lower-case letters'],
    ['../invoices', 'lower-case letters'],
    ['credit_notes', 'lower-case letters'],
    ['sheep', '--singular'],
    ['classes', '"class"'],
    ['news', '"new"'],
    ['users', '"users"'],
    ['errors', '"error'],
    ['maps', '"Map"'],
    ['indexes', '"index"'],
  ])('reject %s', (name, reason) => {
    expect(() => nameModule(name)).toThrow(reason);
  });
});

describe('makePlan', () => {
  const plan = (line: string[], values = {}) => makePlan(line, values);

  it('lists the files of a module and writes nothing', async () => {
    const fields = 'number:string:unique, dueOn:date?, customer:ref(users), lines:json';
    const { changes, migration } = await plan(['module', 'invoices'], { fields });
    expect(changes.map(({ path }) => path)).toEqual([
      ...[
        'model',
        'validation',
        'messages',
        'errors',
        'repository',
        'service',
        'view',
        'controller',
        'routes',
        ...languages.map((language) => `messages.${language}`),
      ].map((layer) => `src/api/invoices/invoice.${layer}.ts`),
      'src/api/invoices/index.ts',
      'tests/api/invoices/invoice.factory.ts',
      'tests/api/invoices/lists.ts',
      'tests/api/invoices/invoices.test.ts',
      'src/modules.ts',
      'docs/privacy.md',
    ]);
    expect(migration).toEqual({ name: 'CreateInvoices', module: 'invoices' });
    const after = (path: string) => changes.find((change) => change.path === path)?.after ?? '';
    expect(after('src/modules.ts')).toMatch(/\n {2}invoicesModule,\n\];/);
    expect(after('docs/privacy.md')).toMatch(/\| `invoices\.customer_id` +\| the customer of an invoice/);
    expect(after('docs/privacy.md')).toContain(
      '- invoices: `invoices.number`, `invoices.lines`, `invoices.search`',
    );
    expect(after('src/api/invoices/invoice.model.ts')).toContain("@ForeignKey('User')");
    expect(existsSync(join(root, 'src/api/invoices'))).toBe(false);
  });

  it('filters by owner in a module with an owner', async () => {
    const { changes } = await plan(['module', 'memos'], { fields: 'author:ref(users):owner, text:text' });
    const generated = changes.map(({ after }) => after).join('\n');
    expect(generated).toContain("'memos:keep': 'Manage your own memos'");
    expect(generated).toContain('memo.authorId = :authorId');
    expect(generated).toContain("@ForeignKey('User', { onDelete: 'CASCADE' })");
  });

  // #region api-keys products
  it('deletes or clears references to rows that are deleted with their owner', async () => {
    const { changes } = await plan(['module', 'stamps'], {
      fields: 'key:ref(api-keys), other:ref(api-keys)?, a:ref(products)',
    });
    const [model] = changes;
    expect(model?.after).toContain(
      "@ForeignKey('ApiKey', { name: 'stamps_key_id_exists', onDelete: 'CASCADE' })",
    );
    expect(model?.after).toContain(
      "@ForeignKey('ApiKey', { name: 'stamps_other_id_exists', onDelete: 'SET NULL' })",
    );
    expect(model?.after).toContain("@ForeignKey('Product', { name: 'stamps_a_id_exists' })");
  });
  // #endregion

  it.each<[string[], object, string]>([
    [['module', 'sessions'], { fields: 'a:string' }, 'A table "sessions" already exists'],
    [['module', 'invoices'], {}, '--fields'],
    [['module', 'invoices'], { fields: 'a:ref(nothing)' }, 'There is no module "nothing"'],
    [['module', 'invoices'], { fields: 'a:ref(audit)' }, 'has no table "audit"'],
    [['module', 'invoices'], { fields: `${'long'.repeat(15)}:int` }, '63 letters'],
    [['module', 'invoices'], { fields: 'clock:datetime' }, 'clockAt'],
    [['module', 'invoices'], { fields: 'amount:int, minAmount:bool' }, 'the filter "minAmount"'],
    [['module'], {}, 'not a valid module name'],
    [['nothing'], {}, 'Unknown command'],
    [['event', 'nothing', 'sent'], {}, 'There is no module "nothing"'],
    // #region orders
    [['event', 'orders', 'placed'], {}, '"orders.placed" is already used in src/api/orders'],
    [['event', 'orders', 'Sent'], {}, 'lower-case letters'],
    [['job', 'orders', 'expire'], { cron: '* * * * *' }, '"orders.expire" is already used in'],
    [['job', 'orders', 'remind'], { cron: '61 * * * *' }, 'not a valid schedule'],
    [['job', 'orders', 'remind'], { cron: '* * * * * *' }, 'five fields'],
    // #endregion
    // #region products
    [['module', 'products'], { fields: 'a:string' }, 'already'],
    [['field', 'products', 'glaze:string'], {}, 'must be nullable'],
    [['field', 'products', 'seller:ref(users)?'], {}, 'by hand'],
    [['field', 'products', 'sku:string?'], {}, 'already'],
    // #endregion
    // #region payments
    [['field', 'payments', 'note:text?'], {}, 'Add the field by hand'],
    // #endregion
  ])('rejects %j %j', async (line, values, reason) => {
    await expect(plan(line, values)).rejects.toThrow(reason);
  });

  // #region orders
  it('adds an event to the events of the module', async () => {
    const { changes } = await plan(['event', 'orders', 'returned']);
    expect(changes.map(({ path }) => path)).toEqual(['src/api/orders/order.events.ts']);
    expect(changes[0]?.after).toContain(
      "export const orderReturned = defineEvent({\n  type: 'orders.returned',",
    );
    expect(changes[0]?.after).toMatch(/orderCancelled,\n {2}orderReturned,\n\];/);
  });
  // #endregion

  // #region products
  it('lists the first event of a module in its index.ts', async () => {
    const { changes } = await plan(['event', 'products', 'sold-out']);
    expect(changes[0]).toMatchObject({ path: 'src/api/products/product.events.ts', before: null });
    expect(changes[1]?.after).toContain('events: [productSoldOut],');
  });
  // #endregion

  // #region payments
  it('handles a job in index.ts', async () => {
    const { changes } = await plan(['job', 'payments', 'remind'], { cron: '0 6 * * *' });
    const [jobs, index] = changes.map(({ after }) => after);
    expect(jobs).toContain("name: 'payments.remind', schema: object({}), cron: '0 6 * * *'");
    expect(index).toContain('handle(remindPayments, async () => {');
  });
  // #endregion

  // #region products
  it('adds a field to a handwritten module', async () => {
    const { changes, migration } = await plan(['field', 'products', 'glaze:string?']);
    expect(changes.map(({ path }) => path)).toEqual([
      'src/api/products/product.model.ts',
      'src/api/products/product.validation.ts',
      'src/api/products/product.view.ts',
      'docs/privacy.md',
    ]);
    expect(changes[1]?.after).toContain('glaze: withDefault(nullable(text(1, 200)), null),');
    expect(migration).toEqual({ name: 'AddProductGlaze', module: 'products' });
  });
  // #endregion
});

describe('FileTransaction', () => {
  it('rolls back new files, edits and foreign changes to a snapshot folder', async () => {
    const base = await mkdtemp(join(tmpdir(), 'strata-generate-'));
    try {
      await writeFile(join(base, 'list.ts'), 'before');
      const transaction = new FileTransaction(base);
      await transaction.snapshot('a');
      await transaction.write([
        { path: 'a/b/new.ts', before: null, after: 'new' },
        { path: 'list.ts', before: 'before', after: 'after' },
      ]);
      await writeFile(join(base, 'a/b/other.ts'), 'of another process');
      await transaction.rollBack();
      expect(await readdir(base)).toEqual(['list.ts']);
      expect(await readFile(join(base, 'list.ts'), 'utf8')).toBe('before');
    } finally {
      await rm(base, { recursive: true });
    }
  });

  it('never overwrites an existing file', async () => {
    const base = await mkdtemp(join(tmpdir(), 'strata-generate-'));
    try {
      await writeFile(join(base, 'new.ts'), 'mine');
      const write = new FileTransaction(base).write([{ path: 'new.ts', before: null, after: 'yours' }]);
      await expect(write).rejects.toThrow('has changed');
      expect(await readFile(join(base, 'new.ts'), 'utf8')).toBe('mine');
    } finally {
      await rm(base, { recursive: true });
    }
  });
});

describe('TypeScript edits', () => {
  const module = `import { a } from '../../core/a.ts';
import { b } from './b.ts';
export const m = defineModule({ name: 'm', create: ({ db }) => { const x = 1; return { api: {}, routes: [] }; } });
`;

  it('add missing imports in order', () => {
    expect(addImport('x.ts', module, ['c'], '../../core/c.ts').split('\n')[1]).toBe(
      "import { c } from '../../core/c.ts';",
    );
    expect(addImport('x.ts', module, ['z', 'a'], '../../core/a.ts').split('\n')[0]).toBe(
      "import { a, z } from '../../core/a.ts';",
    );
    expect(addImport('x.ts', module, ['a'], '../../core/a.ts')).toBe(module);
  });

  it('create lists and append to them', () => {
    const first = appendToModule('x.ts', module, 'migrations', 'One', 'name');
    expect(first).toContain("name: 'm', migrations: [One]");
    expect(appendToModule('x.ts', first, 'migrations', 'Two', 'name')).toContain('migrations: [One, Two]');
    expect(appendToInstance('x.ts', module, 'jobs', 'j')).toContain('routes: [], jobs: [j] }');
    expect(destructureInCreate('x.ts', module, 'logger')).toContain('({ db, logger })');
    expect(appendToArray('x.ts', 'const list = [];', 'list', 'a')).toBe('const list = [a];');
  });

  it('throw with the code to add by hand if the place is missing', () => {
    expect(() => appendToModule('x.ts', 'export {};', 'events', 'e', 'name')).toThrow('Add by hand');
    expect(() => appendToInstance('x.ts', module.replace('return {', 'return build({'), 'jobs', 'j')).toThrow(
      'Add by hand',
    );
  });

  it('introduce storedFields for nullable fields', () => {
    const schemas = `const fields = { a: text() };
const create = named('A', object(fields));
const change = named('B', partial(object(fields)));
const view = named('C', object({ id: uuid(), ...fields }));
`;
    const widened = widenFields('x.ts', schemas, ['create', 'change', 'view']);
    expect(widened).toContain('const storedFields = {\n  ...fields,\n};');
    expect(widened).toContain('object({ ...storedFields })');
    expect(widened).toContain('partial(object(storedFields))');
    expect(widened).toContain('uuid(), ...storedFields }));');
  });
});
