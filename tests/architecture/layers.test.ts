import { afterAll, describe, expect, it } from '@jest/globals';
import { createLinter } from './lint.ts';

type Case = [file: string, code: string];

const { lint, close } = createLinter();
afterAll(close);

const layers = '@typescript-eslint/no-restricted-imports';
const boundaries = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

function expectRule(number: number, rule: string, rejected: Case[], allowed: Case[]): void {
  if (rejected.length > 0)
    it.each(rejected)('%s rejects: %s', async (file, code) => {
      const findings = await lint(file, code);
      expect(findings).toContainEqual({ rule, message: expect.stringContaining(`Rule ${number}:`) });
    });

  if (allowed.length > 0)
    it.each(allowed)('%s allows: %s', async (file, code) => {
      expect(await lint(file, code)).toEqual([]);
    });
}

/** Returns a file that imports `from` and breaks no other rule. */
const imports = (file: string, from: string): Case => [file, `export { thing } from '${from}';`];
const importsType = (file: string, from: string): Case => [file, `export type { Thing } from '${from}';`];

const orders = (name: string): string => `src/api/orders/${name}`;

describe('rule 1: routes → controller → service → repository', () => {
  const suffixes = [
    'routes',
    'controller',
    'service',
    'repository',
    'model',
    'validation',
    'errors',
    'events',
  ];

  // Maps each layer to the layers of the same module that it may import. The rules must reject imports of all other
  // layers.
  const values: Record<string, string[]> = {
    index: suffixes,
    routes: ['routes', 'controller', 'validation', 'errors'],
    controller: ['controller', 'service', 'errors'],
    service: ['service', 'repository', 'errors', 'events'],
    repository: ['repository', 'model', 'errors', 'events'],
    model: ['model', 'errors', 'events'],
    validation: ['validation', 'errors', 'events'],
    errors: ['validation', 'errors', 'events'],
    events: ['service', 'repository', 'model', 'validation', 'errors', 'events'],
  };
  const types: Record<string, string[]> = {
    ...values,
    controller: ['controller', 'service', 'validation', 'errors'],
    service: ['service', 'repository', 'model', 'validation', 'errors', 'events'],
    repository: ['repository', 'model', 'validation', 'errors', 'events'],
    model: ['model', 'validation', 'errors', 'events'],
  };

  for (const [layer, known] of Object.entries(values)) {
    const file = layer === 'index' ? orders('index.ts') : orders(`order.${layer}.ts`);
    const path = (suffix: string): string => `./order.${suffix}.ts`;
    const rest = (names: string[]): string[] => suffixes.filter((suffix) => !names.includes(suffix));
    const typesKnown = types[layer] ?? [];

    expectRule(
      1,
      layers,
      [
        ...rest(known).map((suffix) => imports(file, path(suffix))),
        ...rest(typesKnown).map((suffix) => importsType(file, path(suffix))),
      ],
      [
        ...known.map((suffix) => imports(file, path(suffix))),
        ...typesKnown.map((suffix) => importsType(file, path(suffix))),
      ],
    );
  }

  expectRule(
    1,
    layers,
    [
      ...[...suffixes, 'jobs'].map((suffix) => imports(orders(`order.${suffix}.ts`), './index.ts')),
      imports(orders('queries/list.ts'), '../index.ts'),
      imports(orders('order.service.ts'), '../../db/database.ts'),
      ...['commands/place-order.ts', 'queries/read-orders.ts'].flatMap((file) => [
        imports(orders(file), '../order.controller.ts'),
        imports(orders(file), '../order.service.ts'),
        imports(orders(file), '../order.model.ts'),
        imports(orders(file), '../../../db/database.ts'),
        imports(orders(file), '../index.ts'),
      ]),
      ...['order.routes.ts', 'order.controller.ts'].flatMap((file) => [
        importsType(orders(file), './commands/place-order.ts'),
        importsType(orders(file), './queries/read-orders.ts'),
      ]),
      importsType(orders('order.controller.ts'), '../../db/database.ts'),
      imports(orders('migrations/1-create.ts'), '../order.model.ts'),
      [
        orders('order.service.ts'),
        "import OrderController from './order.controller.ts';\nnew OrderController();",
      ],
      [orders('order.service.ts'), "import { type A, b } from './order.model.ts';\nexport const c: A = b;"],
      [orders('order.service.ts'), "export * from './order.routes.ts';"],
    ],
    [
      importsType(orders('order.service.ts'), '../../db/database.ts'),
      imports(orders('order.service.ts'), './commands/place-order.ts'),
      imports(orders('commands/place-order.ts'), '../order.repository.ts'),
      importsType(orders('queries/read-orders.ts'), '../order.model.ts'),
      imports(orders('order.repository.ts'), '../../db/database.ts'),
      imports(orders('order.service.ts'), '../../core/ports.ts'),
      imports(orders('order.service.test.ts'), './order.repository.ts'),
      imports(orders('order.service.test.ts'), './index.ts'),
    ],
  );

  expectRule(1, syntax, [[orders('order.service.ts'), "await import('./order.controller.ts');"]], []);
});

describe('rule 1: files of texts import only types, and the functions for mails', () => {
  const texts = orders('order.messages.en.ts');
  expectRule(
    1,
    layers,
    [
      imports(texts, './order.policy.ts'),
      imports(texts, '../../core/languages.ts'),
      imports('src/core/core.messages.en.ts', './pagination.ts'),
    ],
    [
      importsType(texts, './order.validation.ts'),
      imports(texts, '../mail/index.ts'),
      imports(orders('order.messages.ts'), '../../core/messages.ts'),
    ],
  );
});

describe('rule 2: only the HTTP layer imports Express', () => {
  expectRule(
    2,
    layers,
    [
      'src/api/orders/order.routes.ts',
      'src/api/orders/order.controller.ts',
      'src/api/orders/order.service.ts',
      'src/api/orders/order.repository.ts',
      'src/api/orders/order.model.ts',
      'src/api/orders/order.validation.ts',
      'src/api/orders/order.errors.ts',
      'src/api/orders/order.events.ts',
      'src/api/orders/index.ts',
      'src/api/orders/migrations/1-create.ts',
      'src/core/ports.ts',
      'src/module.ts',
      'src/db/database.ts',
      'src/http/idempotency.repository.ts',
      'src/events/relay.ts',
      'src/jobs/job.model.ts',
      'src/process/dependencies.ts',
      'src/adapters/logger.ts',
      'src/utils/text.ts',
      'src/config/config.ts',
      'src/server.ts',
    ].flatMap((file) => [imports(file, 'express'), importsType(file, 'express')]),
    [
      'src/http/route.ts',
      'src/http/router.ts',
      'src/pages/docs.ts',
      'src/middleware/not-found.ts',
      'src/app.ts',
    ]
      .map((file) => imports(file, 'express'))
      .concat([importsType('src/types/express.d.ts', 'express-serve-static-core')]),
  );
});

describe('rule 3: only the database layer imports TypeORM', () => {
  expectRule(
    3,
    layers,
    [
      'src/api/orders/order.routes.ts',
      'src/api/orders/order.controller.ts',
      'src/api/orders/order.service.ts',
      'src/api/orders/order.validation.ts',
      'src/api/orders/order.errors.ts',
      'src/api/orders/order.jobs.ts',
      'src/api/orders/index.ts',
      'src/http/route.ts',
      'src/module.ts',
      'src/middleware/not-found.ts',
      'src/events/relay.ts',
      'src/jobs/job-runner.ts',
      'src/process/dependencies.ts',
      'src/adapters/logger.ts',
      'src/app.ts',
      'src/server.ts',
    ].flatMap((file) => [imports(file, 'typeorm'), importsType(file, 'typeorm/driver/types.js')]),
    [
      'src/api/orders/order.repository.ts',
      'src/api/orders/order.model.ts',
      'src/api/orders/migrations/1-create.ts',
      'src/db/data-source.ts',
      'src/db/migrations/1-create.ts',
      'src/http/idempotency.repository.ts',
      'src/events/outbox.model.ts',
      'src/jobs/migrations/1-create.ts',
      'scripts/generate.ts',
    ].map((file) => imports(file, 'typeorm')),
  );
});

describe('rule 4: modules are imported only through index.ts', () => {
  expectRule(
    4,
    boundaries,
    [
      imports(orders('order.service.ts'), '../products/product.service.ts'),
      importsType(orders('order.service.ts'), '../products/product.model.ts'),
      imports(orders('order.service.ts'), '../products/queries/index.ts'),
      imports(orders('order.service.ts'), './../products/product.service.ts'),
      imports(orders('order.service.ts'), '../users/../products/product.service.ts'),
      imports(orders('order.service.ts'), '../../api/products/product.service.ts'),
      imports(orders('order.service.test.ts'), '../products/product.service.ts'),
      imports(orders('queries/list.ts'), '../../products/product.service.ts'),
      imports(orders('queries/pages/next.ts'), '../../../products/product.service.ts'),
      imports(orders('order.service.ts'), '../../app.ts'),
      imports(orders('queries/list.ts'), '../../../modules.ts'),
      imports(orders('queries/pages/next.ts'), '../../../../app.ts'),
      imports('src/modules.ts', './api/products/product.service.ts'),
      imports(orders('order.service.ts'), '../../process/dependencies.ts'),
    ],
    [
      imports(orders('order.service.ts'), '../products/index.ts'),
      imports(orders('order.service.ts'), '../../core/errors.ts'),
      imports(orders('order.service.ts'), '../../utils/money.ts'),
      imports(orders('queries/list.ts'), '../../products/index.ts'),
      imports(orders('queries/list.ts'), '../order.errors.ts'),
      imports(orders('queries/list.ts'), '../../../core/errors.ts'),
      imports(orders('queries/pages/next.ts'), '../../../products/index.ts'),
      imports(orders('queries/pages/next.ts'), '../../../../core/errors.ts'),
      imports('src/modules.ts', './api/products/index.ts'),
      imports('scripts/generate.ts', '../src/api/products/product.service.ts'),
      imports('tests/helpers/build.ts', '../../src/api/products/product.model.ts'),
    ],
  );
});

describe('rule 5: shared code does not import modules', () => {
  const api = '../api/orders/index.ts';
  expectRule(
    5,
    boundaries,
    [
      ...[
        ...['http', 'events', 'jobs', 'db', 'middleware', 'pages'],
        ...['process', 'adapters', 'types'],
      ].flatMap((folder) => [
        imports(`src/${folder}/some.ts`, api),
        importsType(`src/${folder}/deep/some.ts`, `../${api}`),
        imports(`src/${folder}/some.ts`, '../modules.ts'),
      ]),
      importsType('src/app.ts', './api/products/index.ts'),
      imports('src/cli.ts', './api/products/index.ts'),
    ],
    [
      imports('src/process/http-process.ts', '../app.ts'),
      imports('src/db/database.ts', '../core/errors.ts'),
      imports('src/middleware/context.ts', '../core/errors.ts'),
      imports('src/adapters/logger.ts', '../core/ports.ts'),
    ],
  );
});

describe('rule 6: core, config and utils import only the folders below them', () => {
  expectRule(
    6,
    boundaries,
    [
      ...['core', 'config', 'utils'].flatMap((folder) => [
        imports(`src/${folder}/some.ts`, '../api/orders/index.ts'),
        importsType(`src/${folder}/deep/some.ts`, '../../api/orders/index.ts'),
        imports(`src/${folder}/some.ts`, '../modules.ts'),
      ]),
      importsType('src/core/ports.ts', '../db/database.ts'),
      imports('src/core/ports.ts', '../middleware/context.ts'),
      importsType('src/core/ports.ts', '../adapters/logger.ts'),
      importsType('src/core/ports.ts', '../config/config.ts'),
      importsType('src/core/ports.ts', '../module.ts'),
      imports('src/utils/text.ts', '../core/errors.ts'),
      importsType('src/utils/text.ts', '../types/shared.ts'),
    ],
    [
      imports('src/core/ports.ts', '../utils/text.ts'),
      imports('src/utils/text.ts', './number.ts'),
      imports('src/config/config.ts', '../core/schema.ts'),
    ],
  );
});

describe('rule 8: only src/config reads the environment', () => {
  const reads = [
    'export const port = process.env.PORT;',
    "export const port = process['env'].PORT;",
    'export const port = globalThis.process.env.PORT;',
    'const { env } = process;\nexport const port = env.PORT;',
    "import { env } from 'node:process';\nexport const port = env.PORT;",
  ];
  const files = ['src/server.ts', 'src/http/route.ts', 'src/db/database.ts', 'src/middleware/cors.ts'];
  expectRule(
    8,
    syntax,
    [...files, orders('order.service.ts'), orders('order.service.test.ts')].flatMap((file) =>
      reads.map((code): Case => [file, code]),
    ),
    ['src/config/config.ts', 'scripts/dev.ts', 'tests/helpers/database.ts'].flatMap((file) =>
      reads.map((code): Case => [file, code]),
    ),
  );
});

describe('rule 8: modules use the injected clock, ids and logger', () => {
  const rejected = [
    'export const now = new Date();',
    'export const now = new Date;',
    'export const now = Date();',
    'export const now = Date.now();',
    'export const clock = Date.now;',
    'export const now = performance.now();',
    'export const dice = Math.random();',
    'export const id = crypto.randomUUID();',
    "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();",
    "console.log('hello');",
    'export const now = globalThis.Date.now();',
  ];
  const allowed = [
    "export const opened = new Date('2026-01-01T00:00:00Z');",
    "export const opened = Date.parse('2026-01-01T00:00:00Z');",
    'export const half = Math.round(0.5);',
    "import { createHash } from 'node:crypto';\nexport const hash = createHash('sha256');",
  ];
  expectRule(
    8,
    syntax,
    rejected.map((code): Case => [orders('order.service.ts'), code]),
    [
      ...allowed.map((code): Case => [orders('order.service.ts'), code]),
      ['src/adapters/clock.ts', 'export const now = new Date();'],
      [orders('order.service.test.ts'), 'export const id = crypto.randomUUID();'],
    ],
  );
});

describe('rule 10: texts are in files of one language', () => {
  expectRule(
    10,
    syntax,
    [
      [orders('order.service.ts'), "export const gone = { en: 'It is gone.' };"],
      [orders('order.validation.ts'), 'export const gone = (id: string) => ({ en: `${id} is gone.` });'],
    ],
    [[orders('order.messages.en.ts'), "export const en = { errors: { gone: 'It is gone.' } };"]],
  );
});

describe('rule 11: inline comments cannot disable a rule', () => {
  it.each([
    '/* eslint-disable */',
    '// eslint-disable-next-line no-restricted-syntax',
    '/* eslint no-restricted-syntax: off */',
  ])('%s has no effect and is reported', async (comment) => {
    const findings = await lint(orders('order.service.ts'), `${comment}\nexport const now = new Date();`);
    expect(findings.map(({ rule }) => rule)).toContain('no-restricted-syntax');
    expect(findings).toContainEqual({ rule: null, message: expect.stringContaining('noInlineConfig') });
  });
});

describe('rule 11: only core and http assert types', () => {
  const assertions = [
    'export const a = JSON.parse("1") as number;',
    'export const a = <number>JSON.parse("1");',
  ];
  const files = [
    ...[
      'api/orders/order.service',
      'middleware/cors',
      'pages/docs',
      'db/database',
      'events/relay',
      'jobs/job',
    ],
    ...['process/shutdown', 'adapters/redis', 'config/config', 'utils/text', 'types/shared', 'app', 'module'],
  ];
  expectRule(
    11,
    syntax,
    files.flatMap((file) => assertions.map((code): Case => [`src/${file}.ts`, code])),
    [
      ...['core/schema', 'http/route', 'db/trusted', 'db/database.test'].flatMap((file) =>
        assertions.map((code): Case => [`src/${file}.ts`, code]),
      ),
      ...files.map((file): Case => [`src/${file}.ts`, 'export const kinds = ["a"] as const;']),
      ['src/db/database.ts', 'export const a = { b: 1 } satisfies object;'],
    ],
  );
});

describe('style rules', () => {
  it.each([
    [
      orders('order.service.ts'),
      'export const a = (b: any) => String(b);',
      '@typescript-eslint/no-explicit-any',
    ],
    [orders('order.service.ts'), 'export default 1;', 'no-restricted-exports'],
    [
      'src/middleware/cors.ts',
      "import type { Request } from 'express';\nexport const ip = (req: Request) => req.ip;",
      'no-restricted-properties',
    ],
    [orders('order.service.ts'), 'export const same = (a: number) => a == 1;', 'eqeqeq'],
    [
      orders('order.service.ts'),
      "import { Order } from './order.model.ts';\nexport const a = (b: Order): string => b.id;",
      '@typescript-eslint/consistent-type-imports',
    ],
  ])('%s rejects: %s', async (file, code, rule) => {
    expect((await lint(file, code)).map((finding) => finding.rule)).toContain(rule);
  });
});
