import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { tablesScanned, type Reads } from '../../bench/data/reads.ts';
import { ConstantRate } from '../../bench/load/rate.ts';
import { createRequests, refreshCookieIn, type Request } from '../../bench/load/requests.ts';
import { median, percentile, spreadOf } from '../../bench/load/statistics.ts';
import { isWhole, readOptions, type ServerName } from '../../bench/options.ts';
import { judgeAims } from '../../bench/report/aims.ts';
import { figure, quantiles, ratios, withSpread } from '../../bench/report/figures.ts';
import { table } from '../../bench/report/table.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test('is the value that the share does not exceed', () => {
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
    expect(percentile(hundred, 0)).toBe(1);
    expect(percentile([7], 0.99)).toBe(7);
  });

  test('sorts numbers as numbers, and leaves the list as it is', () => {
    const values = [10, 9, 1_000, 2];
    expect(percentile(values, 1)).toBe(1_000);
    expect(values).toEqual([10, 9, 1_000, 2]);
  });

  test('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
    expect(median([])).toBeNaN();
  });

  test('the median lies between the two in the middle', () => {
    expect(median([4, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });
});

describe('a constant rate', () => {
  test('has each request begin at its own time, however late the one who sends them looks', () => {
    const rate = new ConstantRate(400);
    expect([0, 1, 2, 400].map((index) => rate.intendedMs(index))).toEqual([0, 2.5, 5, 1_000]);
    expect([0, 2.4, 2.5, 9.9, 1_000].map((ms) => rate.dueBy(ms))).toEqual([1, 1, 2, 4, 401]);
  });

  test('agrees with itself: what is due by the time of a request includes it, and not the next one', () => {
    for (const perSecond of [0.7, 3, 7, 33, 1_234.5]) {
      const rate = new ConstantRate(perSecond);
      const indexes = Array.from({ length: 5_000 }, (_, index) => index);
      expect(indexes.filter((index) => rate.dueBy(rate.intendedMs(index)) !== index + 1)).toEqual([]);
    }
  });

  test('has nothing due before it begins, and must be a rate', () => {
    expect(new ConstantRate(10).dueBy(-1)).toBe(0);
    for (const perSecond of [0, -1, Number.NaN]) expect(() => new ConstantRate(perSecond)).toThrow('no rate');
  });
});

describe('requests', () => {
  test('an order has so many different products, and a key of its own', () => {
    const requests = createRequests({
      kind: 'order',
      productIds: ['a', 'b', 'c', 'd'],
      tokens: ['t'],
      lines: 3,
    });
    const [first, second] = [requests.next(), requests.next()] as Request[];
    const { items } = JSON.parse(first?.body ?? '') as { items: { productId: string }[] };
    expect(new Set(items.map(({ productId }) => productId)).size).toBe(3);
    expect(first?.headers['Idempotency-Key']).not.toBe(second?.headers['Idempotency-Key']);
  });

  test('a session is refreshed by one request at a time, each with the cookie of the one before it', async () => {
    const requests = createRequests({ kind: 'refresh', cookies: ['refresh=1'] });
    const first = await requests.next();
    const waiting = Promise.resolve(requests.next());
    expect(requests.cookies()).toEqual([]);
    first.answered?.(200, { 'set-cookie': ['__Host-refresh=2; Path=/; HttpOnly'] });
    const second = await waiting;
    expect(second.headers['Cookie']).toBe('__Host-refresh=2');
    // An answer without a cookie has not replaced it.
    second.answered?.(503, {});
    expect(requests.cookies()).toEqual(['__Host-refresh=2']);
  });

  test('a cookie that is taken away is none', () => {
    expect(refreshCookieIn({ 'set-cookie': ['device=x', 'refresh=; Max-Age=0'] })).toBeUndefined();
    expect(refreshCookieIn({})).toBeUndefined();
  });

  test('a mix takes its parts in turn', () => {
    const get = (path: string) => ({ kind: 'get', paths: [path], tokens: [] }) as const;
    const { next } = createRequests({ kind: 'mix', parts: [get('/a'), get('/b')] });
    expect([next(), next(), next()].map((request) => (request as Request).path)).toEqual(['/a', '/b', '/a']);
  });
});

describe('the results', () => {
  test('a table has a row for each row, its cells cannot break out, and it fits its head', () => {
    expect(table(['', 'ms'], [['a | b\nc', '1']])).toBe('|  | ms |\n| --- | ---: |\n| a \\| b c | 1 |');
    expect(() => table(['one'], [['1', '2']])).toThrow('does not fit');
  });

  test('figures have the digits that count', () => {
    expect([1_234.5, 99.96, 12.34, 1.234, 0, Number.NaN].map(figure)).toEqual([
      '1,235',
      '100.0',
      '12.3',
      '1.23',
      '0.00',
      '–',
    ]);
    expect(withSpread([3, 1, 2])).toBe('2.00 (1.00–3.00)');
    expect(withSpread([])).toBe('–');
  });

  test('a share is shown only where enough requests can tell it', () => {
    const latencies = (count: number) => ({ count, p50: 1, p95: 2, p99: 3, max: 4 });
    expect(quantiles([latencies(100), latencies(200)])).toBe('1.00 / 2.00 / 3.00');
    expect(quantiles([latencies(100), latencies(99)])).toBe('1.00 / 2.00 / –');
    expect(quantiles([latencies(19)])).toBe('1.00 / – / –');
  });

  test('ratios are of each round with itself', () => {
    expect(ratios([2, 6], [1, 2])).toEqual([2, 3]);
    expect(ratios([2, 6], [])).toEqual([]);
  });
});

describe('the aims', () => {
  const options = readOptions([]);
  const latencies = { count: 100, p50: 1, p95: 49, p99: 60, max: 70 };
  const measured = (scenario: string, server: ServerName, figures: readonly (readonly [number, number])[]) =>
    figures.map(([cpuMicros, perSecond], index) => ({
      ...{ scenario, server, round: index + 1, cpuMicros, perSecond, latencies },
      ...{ rate: 1, rssBytes: 1, failed: 0, failures: [] },
    }));
  const figures = [
    ...measured('product', 'express', [
      [100, 1],
      [200, 1],
      [100, 1],
    ]),
    ...measured('guarded-product', 'strata', [
      [150, 1],
      [290, 1],
      [200, 1],
    ]),
    ...measured('cursor-0', 'strata', [[1, 100]]),
    ...measured('cursor-2', 'strata', [[1, 50]]),
    ...measured('order', 'express', [[1, 100]]),
    ...measured('order', 'strata', [[1, 61]]),
    ...measured('search-one', 'strata', [[1, 1]]),
  ];
  const judged = judgeAims({
    options,
    comparison: { scenarios: [], servers: ['express', 'strata'], measurements: figures },
  });
  const aim = (title: string) => judged.find((each) => each.title.startsWith(title));

  test('are judged by the median of the ratios within rounds', () => {
    expect(aim('CPU of the whole stack')).toMatchObject({ figure: '1.50 (1.45–2.00)', isReached: true });
    expect(judged[1]).toMatchObject({ wanted: '≤ 1.25', isReached: false });
  });

  test('a page that is read at half the pace takes twice the time', () => {
    expect(aim('Time for a cursor page')).toMatchObject({ figure: '2.00 (2.00–2.00)', isReached: false });
  });

  test('more is better where that is meant', () => {
    expect(aim('POST /orders')).toMatchObject({ figure: '0.61 (0.61–0.61)', isReached: true });
    expect(aim('Search for one word')).toMatchObject({ figure: '49.0 (49.0–49.0) ms', isReached: true });
  });

  test('what was not measured is neither reached nor missed', () => {
    for (const title of ['Refreshes', 'Search for three', 'First start', 'The test suite', 'Live memory']) {
      expect(aim(title)).toBeDefined();
      expect(aim(title)).not.toHaveProperty('isReached');
    }
  });
});

describe('the options', () => {
  test('a run is whole, but for the memory, unless it is asked for less', () => {
    expect(isWhole(readOptions([]))).toBe(true);
    expect(isWhole(readOptions(['--minutes', '30']))).toBe(true);
    for (const less of [
      ['--quick'],
      ['--rows', '1000'],
      ['--rounds', '1'],
      ['--flood'],
      ['--servers', 'strata'],
    ])
      expect(isWhole(readOptions(less))).toBe(false);
  });

  test('the service is always measured, whoever it is compared with', () => {
    expect(readOptions(['--servers', 'express']).servers).toEqual(['express', 'strata']);
  });

  test('what makes no sense is refused', () => {
    expect(() => readOptions(['--rows', '10'])).toThrow('--rows 10 is no whole number from 1000 on');
    expect(() => readOptions(['--minutes', '0'])).toThrow('no number above 0');
    expect(() => readOptions(['--servers', 'koa'])).toThrow('no server koa');
  });

  test('an unknown option ends the command with the usage', () => {
    const script = join(import.meta.dirname, '../../bench/run.ts');
    const args = ['--import', 'tsx', script, '--nonsense'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^Unknown option '--nonsense'\.\nnpm run bench/),
    ]);
  });
});

describe('what was scanned', () => {
  const reads = (scans: Record<string, [count: number, rows: number]>): Reads => ({
    rows: 0,
    scans: new Map(Object.entries(scans).map(([name, [count, rows]]) => [name, { count, rows }])),
  });

  test('is what one scan went further through than it may, since the question before', () => {
    const before = reads({ orders: [1, 1_000_000], jobs: [5, 50], users: [0, 0] });
    const after = reads({
      orders: [1, 1_000_000],
      jobs: [7, 20_052],
      users: [100, 25_000],
      audit: [1, 10_002],
    });
    expect(tablesScanned(before, after, 10_001)).toEqual(['audit']);
    expect(tablesScanned(before, after, 10_000)).toEqual(['jobs', 'audit']);
  });
});
