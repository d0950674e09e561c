import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import type { Plan } from '../../scripts/kit/generate/apply.ts';
import { Failure } from '../../scripts/kit/generate/failure.ts';
import { writeMigration } from '../../scripts/kit/generate/migration.ts';
import { makePlan } from '../../scripts/kit/generate/plan.ts';

const long = 'a'.repeat(70);

/** Returns the message of the Failure that a plan rejects with. The message must have one line. */
async function messageOf(plan: Promise<unknown>): Promise<string> {
  const error = await plan.then(
    () => new Error('It was not rejected.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw error;
  expect(error.message).not.toMatch(/\n|undefined|\[object/);
  return error.message;
}

/** Returns the syntax errors of the generated TypeScript. */
const syntaxErrorsOf = ({ changes }: Plan): string[] =>
  changes
    .filter(({ path }) => path.endsWith('.ts'))
    .flatMap(({ path, after }) => {
      const { diagnostics = [] } = ts.transpileModule(after, { fileName: path, reportDiagnostics: true });
      return diagnostics.map(
        ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    });

const withField = (field: string) => makePlan(['module', 'gizmos'], { fields: field });

describe('a module', () => {
  it.each([
    ...[
      'hasOwnProperty',
      'valueOf',
      'constructor',
      '__proto__',
      'toString',
      'class',
      'default',
      'new',
      'order',
    ],
    ...[
      'user',
      'table',
      'select',
      '1things',
      '2fa',
      'id',
      'created_at',
      '',
      ' ',
      '../x',
      '-',
      'ä',
      's',
      'ids',
    ],
    ...[
      'users',
      'sessions',
      'classes',
      'defaults',
      'news',
      'objects',
      'promises',
      'omits',
      'picks',
      'records',
    ],
    ...[long, `${long}s`],
  ])('is rejected with one line if its name is "%s"', async (name) => {
    expect(await messageOf(makePlan(['module', name], { fields: 'title:string' }))).not.toBe('');
  });

  it.each(['class', 'default', '__proto__', 'toString', 'user', 'id', '1x', '', long])(
    'is rejected with one line if its singular is "%s"',
    async (singular) => {
      const plan = makePlan(['module', 'gizmos'], { fields: 'title:string', singular });
      expect(await messageOf(plan)).not.toBe('');
    },
  );

  it.each([
    'constructors',
    'prototypes',
    'to-strings',
    'value-ofs',
    'has-own-properties',
    'tables',
    'selects',
    'es',
  ])('can be named "%s"', async (name) => {
    expect(syntaxErrorsOf(await makePlan(['module', name], { fields: 'title:string' }))).toEqual([]);
  });

  it('has no unused test functions if it cannot be sorted or filtered', async () => {
    const { changes } = await withField('lines:json');
    const [test] = changes.filter(({ path }) => path.endsWith('.test.ts'));
    expect(test?.after).not.toContain('idsOf');
  });
});

describe('a field', () => {
  const names = [
    ...[
      'hasOwnProperty',
      'valueOf',
      'constructor',
      '__proto__',
      'toString',
      'isPrototypeOf',
      'prototype',
      'class',
    ],
    ...[
      'default',
      'new',
      'order',
      'user',
      'table',
      'id',
      'created_at',
      'createdAt',
      'version',
      'search',
      '1st',
      'ä',
    ],
    // These are names of system columns in PostgreSQL.
    ...['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid'],
    long,
  ];

  it.each(names)('is rejected with one line in a new module if its name is "%s"', async (name) => {
    expect(await messageOf(withField(`${name}:text`))).not.toBe('');
  });

  // #region products
  it.each([...names, 'sku', 'name'])(
    'is rejected with one line in an existing module if its name is "%s"',
    async (name) => {
      expect(await messageOf(makePlan(['field', 'products', `${name}:text?`], {}))).not.toBe('');
    },
  );

  it('is rejected if its enum type exists in the module', async () => {
    const plan = makePlan(['field', 'products', 'view:enum(a|b)?'], {});
    expect(await messageOf(plan)).toContain('ProductView');
  });
  // #endregion

  it.each(['view', 'service', 'repository', 'controller'])(
    'is rejected if it is an enum named "%s" like a layer',
    async (name) => {
      expect(await messageOf(withField(`${name}:enum(a|b)`))).toContain(`"${name}"`);
    },
  );

  it.each(['hasOwnProperty', 'valueOf', 'constructor', '__proto__', 'toString'])(
    'is rejected with one line if its type, modifier or target is "%s"',
    async (word) => {
      for (const field of [`a:${word}`, `a:string:${word}`, `a:ref(${word})`])
        expect(await messageOf(withField(field))).toContain(word);
    },
  );

  it.each([
    'index',
    'length',
    'body',
    'params',
    'fields',
    'storedFields',
    'db',
    'gizmo',
    'gizmos',
    'users',
    'orders',
    'data',
  ])('can be named "%s"', async (name) => {
    expect(syntaxErrorsOf(await withField(`${name}:string?`))).toEqual([]);
  });
});

// #region orders
describe.each([
  ['event', 'created'],
  ['job', 'remind'],
])('an %s', (kind, usual) => {
  it.each(['hasOwnProperty', 'valueOf', '__proto__', 'toString', 'created_at', '1st', '', long])(
    'is rejected with one line if its name is "%s"',
    async (name) => {
      expect(await messageOf(makePlan([kind, 'orders', name], {}))).not.toBe('');
    },
  );

  it.each(['constructor', 'prototype', 'class', 'default', 'new', 'table', 'has-own-property', usual])(
    'can be named "%s"',
    async (name) => {
      expect(syntaxErrorsOf(await makePlan([kind, 'orders', name], {}))).toEqual([]);
    },
  );

  it.each(['hasOwnProperty', 'constructor', '__proto__', 'toString', '', '../users'])(
    'is rejected with one line for the module "%s"',
    async (module) => {
      expect(await messageOf(makePlan([kind, module, usual], {}))).toContain('There is no module');
    },
  );
});
// #endregion

describe('a migration', () => {
  it.each(['hasOwnProperty', '__proto__', 'class', '1st', '', '../X', `A${long}`])(
    'is rejected with one line if its name is "%s"',
    async (name) => {
      expect(await messageOf(writeMigration(name, { module: 'users' }))).not.toBe('');
    },
  );
});
