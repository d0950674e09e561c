import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strata-imports-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes these files to a folder and checks their imports. Returns each broken rule as `rule: from → to`, sorted. */
async function cruise(files: Record<string, string>): Promise<string[]> {
  const project = await mkdtemp(join(folder, 'project-'));
  await cp(join(root, 'tsconfig.json'), join(project, 'tsconfig.json'));
  const tree = {
    'package.json': '{"type":"module","dependencies":{"shipped":"1"},"devDependencies":{"tool":"1"}}',
    'node_modules/shipped/package.json': '{"name":"shipped","main":"index.js"}',
    'node_modules/shipped/index.js': '',
    'node_modules/tool/package.json': '{"name":"tool","main":"index.js"}',
    'node_modules/tool/index.js': '',
    'node_modules/stray/package.json': '{"name":"stray","main":"index.js"}',
    'node_modules/stray/index.js': '',
    ...files,
  };
  for (const [name, text] of Object.entries(tree)) {
    await mkdir(dirname(join(project, name)), { recursive: true });
    await writeFile(join(project, name), text);
  }
  const folders = [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? ''))];
  const args = [
    cruiser,
    ...folders,
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'json',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project });
  const { violations } = JSON.parse(stdout).summary;
  return violations
    .map(
      ({ rule, from, to }: { rule: { name: string }; from: string; to: string }) =>
        `${rule.name}: ${from} → ${to}`,
    )
    .sort();
}

describe('rules 6 and 7: no cycles, no orphans, only allowed edges', () => {
  it('accepts a valid tree', async () => {
    const found = await cruise({
      'src/server.ts': "import { a } from './a.ts';\nimport 'shipped';\na();",
      'src/a.ts': "import type { B } from './b.ts';\nexport const a = (b?: B) => b;",
      'src/b.ts': 'export interface B { name: string }',
      'src/a.test.ts': "import { a } from './a.ts';\nimport 'tool';\na();",
      'src/api/orders/migrations/1-create.ts': 'export class Create1 {}',
      'src/types/express.d.ts': 'declare global {}',
      'src/cli.ts': '',
    });
    expect(found).toEqual([]);
  });

  it('rejects a cycle', async () => {
    const found = await cruise({
      'src/a.ts': "import { b } from './b.ts';\nexport const a = () => b();",
      'src/b.ts': "import { a } from './a.ts';\nexport const b = () => a();",
    });
    expect(found).toContain('no-circular: src/a.ts → src/b.ts');
  });

  it('rejects a cycle of types', async () => {
    const found = await cruise({
      'src/a.ts': "import type { B } from './b.ts';\nexport interface A { b: B }",
      'src/b.ts': "import type { A } from './a.ts';\nexport interface B { a: A }",
    });
    expect(found).toContain('no-circular: src/a.ts → src/b.ts');
  });

  it('rejects an orphan', async () => {
    expect(await cruise({ 'src/a.ts': 'export const a = 1;' })).toEqual(['no-orphans: src/a.ts → src/a.ts']);
  });

  it('rejects an import that the table of folders does not allow', async () => {
    const found = await cruise({
      'src/process/start.ts': "import '../app.ts';\nimport '../jobs/runner.ts';",
      'src/app.ts': "import './events/relay.ts';",
      'src/events/relay.ts': "import '../jobs/leased-queue.ts';\nimport '../jobs/runner.ts';",
      'src/jobs/leased-queue.ts': "import '../core/ports.ts';",
      'src/jobs/runner.ts': "import '../process/shutdown.ts';\nimport '../core/ports.ts';",
      'src/process/shutdown.ts': '',
      'src/core/ports.ts': "import '../db/database.ts';\nimport '../utils/text.ts';",
      'src/db/database.ts': "import type { Module } from '../module.ts';",
      'src/module.ts': 'export interface Module { name: string }',
      'src/utils/text.ts': '',
      'src/types/express.d.ts': "import type { Deadline } from '../middleware/deadline.ts';",
      'src/middleware/deadline.ts': 'export interface Deadline { ms: number }',
    });
    expect(found).toEqual([
      'edges-of-core: src/core/ports.ts → src/db/database.ts',
      'edges-of-db: src/db/database.ts → src/module.ts',
      'edges-of-events: src/events/relay.ts → src/jobs/runner.ts',
      'edges-of-jobs: src/jobs/runner.ts → src/process/shutdown.ts',
      'edges-of-types: src/types/express.d.ts → src/middleware/deadline.ts',
    ]);
  });

  it('rejects the use of `trusted` outside db', async () => {
    const found = await cruise({
      'src/events/relay.ts': "import '../db/trusted.ts';",
      'src/db/rows.ts': "import './trusted.ts';",
      'src/db/trusted.ts': '',
    });
    expect(found).toEqual(['trusted-only-in-db: src/events/relay.ts → src/db/trusted.ts']);
  });

  it('rejects imports that the production image lacks', async () => {
    const found = await cruise({
      'src/server.ts':
        "import 'tool';\nimport 'stray';\nimport './gone.ts';\nimport '../tests/helper.ts';\nimport '../dev/tool.ts';\nimport './a.test.ts';",
      'src/a.test.ts': '',
      'tests/helper.ts': '',
      'dev/tool.ts': '',
    });
    expect(found).toEqual([
      'not-to-dev-dependency: src/server.ts → node_modules/tool/index.js',
      'not-to-tests: src/server.ts → dev/tool.ts',
      'not-to-tests: src/server.ts → src/a.test.ts',
      'not-to-tests: src/server.ts → tests/helper.ts',
      'not-to-undeclared: src/server.ts → node_modules/stray/index.js',
      'not-to-unresolvable: src/server.ts → ./gone.ts',
    ]);
  });

  it('rejects an undeclared package in any folder', async () => {
    const found = await cruise({
      'src/server.ts': "import type { A } from 'stray';\nexport const a = (b: A) => b;",
      'scripts/run.js': "import 'stray';",
      'tests/a.test.ts': "import 'stray';\nimport 'tool';",
      'bench/run.ts': "const stray = await import('stray');\nexport { stray };",
      'tests/b.test.ts': "import 'missing';",
    });
    expect(found).toEqual([
      'not-to-undeclared: bench/run.ts → node_modules/stray/index.js',
      'not-to-undeclared: scripts/run.js → node_modules/stray/index.js',
      'not-to-undeclared: src/server.ts → node_modules/stray/index.js',
      'not-to-undeclared: tests/a.test.ts → node_modules/stray/index.js',
      'not-to-unresolvable: tests/b.test.ts → missing',
    ]);
  });
});
