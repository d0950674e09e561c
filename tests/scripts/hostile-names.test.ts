import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import type { Plan } from '../../scripts/kit/generate/apply.ts';
import { Failure } from '../../scripts/kit/generate/failure.ts';
import { writeMigration } from '../../scripts/kit/generate/migration.ts';
import { makePlan } from '../../scripts/kit/generate/plan.ts';

const long = 'a'.repeat(70);

/** Returns the sentence that a command is refused with; anything but one sentence fails. */
async function refusalOf(plan: Promise<unknown>): Promise<string> {
  const error = await plan.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw error;
  expect(error.message).not.toMatch(/\n|undefined|\[object/);
  return error.message;
}

/** Returns what does not parse in the generated TypeScript. */
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
  ])('is refused in one sentence if its name is "%s"', async (name) => {
    expect(await refusalOf(makePlan(['module', name], { fields: 'title:string' }))).not.toBe('');
  });

  it.each(['class', 'default', '__proto__', 'toString', 'user', 'id', '1x', '', long])(
    'is refused in one sentence if its singular is "%s"',
    async (singular) => {
      const plan = makePlan(['module', 'gizmos'], { fields: 'title:string', singular });
      expect(await refusalOf(plan)).not.toBe('');
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
  ])('can be called "%s"', async (name) => {
    expect(syntaxErrorsOf(await makePlan(['module', name], { fields: 'title:string' }))).toEqual([]);
  });

  it('without anything to sort or filter by has a test without unused functions', async () => {
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
    // Columns that PostgreSQL adds to every table.
    ...['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid'],
    long,
  ];

  it.each(names)('is refused in one sentence in a new module if its name is "%s"', async (name) => {
    expect(await refusalOf(withField(`${name}:text`))).not.toBe('');
  });

  // #region products
  it.each([...names, 'sku', 'name'])(
    'is refused in one sentence in a module that exists if its name is "%s"',
    async (name) => {
      expect(await refusalOf(makePlan(['field', 'products', `${name}:text?`], {}))).not.toBe('');
    },
  );

  it('is refused if the type of an enum would be one that the module has', async () => {
    const plan = makePlan(['field', 'products', 'view:enum(a|b)?'], {});
    expect(await refusalOf(plan)).toContain('ProductView');
  });
  // #endregion

  it.each(['view', 'service', 'repository', 'controller'])(
    'is refused if it is an enum that is called "%s" like a layer',
    async (name) => {
      expect(await refusalOf(withField(`${name}:enum(a|b)`))).toContain(`"${name}"`);
    },
  );

  it.each(['hasOwnProperty', 'valueOf', 'constructor', '__proto__', 'toString'])(
    'is refused in one sentence with the type, the modifier or the target "%s"',
    async (word) => {
      for (const field of [`a:${word}`, `a:string:${word}`, `a:ref(${word})`])
        expect(await refusalOf(withField(field))).toContain(word);
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
  ])('can be called "%s"', async (name) => {
    expect(syntaxErrorsOf(await withField(`${name}:string?`))).toEqual([]);
  });
});

// #region orders
describe.each([
  ['event', 'created'],
  ['job', 'remind'],
])('an %s', (kind, usual) => {
  it.each(['hasOwnProperty', 'valueOf', '__proto__', 'toString', 'created_at', '1st', '', long])(
    'is refused in one sentence if its name is "%s"',
    async (name) => {
      expect(await refusalOf(makePlan([kind, 'orders', name], {}))).not.toBe('');
    },
  );

  it.each(['constructor', 'prototype', 'class', 'default', 'new', 'table', 'has-own-property', usual])(
    'can be called "%s"',
    async (name) => {
      expect(syntaxErrorsOf(await makePlan([kind, 'orders', name], {}))).toEqual([]);
    },
  );

  it.each(['hasOwnProperty', 'constructor', '__proto__', 'toString', '', '../users'])(
    'is refused in one sentence for the module "%s"',
    async (module) => {
      expect(await refusalOf(makePlan([kind, module, usual], {}))).toContain('There is no module');
    },
  );
});
// #endregion

describe('a migration', () => {
  it.each(['hasOwnProperty', '__proto__', 'class', '1st', '', '../X', `A${long}`])(
    'is refused in one sentence if its name is "%s"',
    async (name) => {
      expect(await refusalOf(writeMigration(name, { module: 'users' }))).not.toBe('');
    },
  );
});
