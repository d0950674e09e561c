import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { tablesScanned, type Reads } from '../../bench/data/reads.ts';
import { ConstantRate } from '../../bench/load/rate.ts';
import { createRequests, refreshCookieIn, type Request } from '../../bench/load/requests.ts';
import { median, percentile, spreadOf } from '../../bench/load/statistics.ts';
import { isWhole, readOptions, type ServerName } from '../../bench/options.ts';
import { evaluateTargets } from '../../bench/report/targets.ts';
import { figure, quantiles, ratios, withSpread } from '../../bench/report/figures.ts';
import { table } from '../../bench/report/table.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  test('returns the smallest value that covers the share', () => {
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
    expect(percentile(hundred, 0)).toBe(1);
    expect(percentile([7], 0.99)).toBe(7);
  });

  test('sorts numerically and does not change the list', () => {
    const values = [10, 9, 1_000, 2];
    expect(percentile(values, 1)).toBe(1_000);
    expect(values).toEqual([10, 9, 1_000, 2]);
  });

  test('of an empty list is NaN', () => {
    expect(percentile([], 0.5)).toBeNaN();
    expect(median([])).toBeNaN();
  });

  test('of 0.5 (the median) is the mean of the two middle values', () => {
    expect(median([4, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });
});

describe('a constant rate', () => {
  test('returns the intended start of each request and the number due at a time', () => {
    const rate = new ConstantRate(400);
    expect([0, 1, 2, 400].map((index) => rate.intendedMs(index))).toEqual([0, 2.5, 5, 1_000]);
    expect([0, 2.4, 2.5, 9.9, 1_000].map((ms) => rate.dueBy(ms))).toEqual([1, 1, 2, 4, 401]);
  });

  test('counts a request as due at its intended start, and not the next one', () => {
    for (const perSecond of [0.7, 3, 7, 33, 1_234.5]) {
      const rate = new ConstantRate(perSecond);
      const indexes = Array.from({ length: 5_000 }, (_, index) => index);
      expect(indexes.filter((index) => rate.dueBy(rate.intendedMs(index)) !== index + 1)).toEqual([]);
    }
  });

  test('has no request due before the start, and rejects a rate that is not positive', () => {
    expect(new ConstantRate(10).dueBy(-1)).toBe(0);
    for (const perSecond of [0, -1, Number.NaN])
      expect(() => new ConstantRate(perSecond)).toThrow('must be above 0');
  });
});

describe('requests', () => {
  test('an order has distinct products and its own idempotency key', () => {
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

  test('a session is refreshed by one request at a time, with the cookie of the previous response', async () => {
    const requests = createRequests({ kind: 'refresh', cookies: ['refresh=1'] });
    const first = await requests.next();
    const waiting = Promise.resolve(requests.next());
    expect(requests.cookies()).toEqual([]);
    first.answered?.(200, { 'set-cookie': ['__Host-refresh=2; Path=/; HttpOnly'] });
    const second = await waiting;
    expect(second.headers['Cookie']).toBe('__Host-refresh=2');
    // A response without a cookie does not change the session's cookie.
    second.answered?.(503, {});
    expect(requests.cookies()).toEqual(['__Host-refresh=2']);
  });

  test('a cleared cookie is undefined', () => {
    expect(refreshCookieIn({ 'set-cookie': ['device=x', 'refresh=; Max-Age=0'] })).toBeUndefined();
    expect(refreshCookieIn({})).toBeUndefined();
  });

  test('a mix alternates between its parts', () => {
    const get = (path: string) => ({ kind: 'get', paths: [path], tokens: [] }) as const;
    const { next } = createRequests({ kind: 'mix', parts: [get('/a'), get('/b')] });
    expect([next(), next(), next()].map((request) => (request as Request).path)).toEqual(['/a', '/b', '/a']);
  });
});

describe('the results', () => {
  test('a table escapes its cells and rejects rows of another width', () => {
    expect(table(['', 'ms'], [['a | b\nc', '1']])).toBe('|  | ms |\n| --- | ---: |\n| a \\| b c | 1 |');
    expect(() => table(['one'], [['1', '2']])).toThrow('but the head has');
  });

  test('figures have fewer decimals the larger they are', () => {
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

  test('a quantile is shown only for enough requests', () => {
    const latencies = (count: number) => ({ count, p50: 1, p95: 2, p99: 3, max: 4 });
    expect(quantiles([latencies(100), latencies(200)])).toBe('1.00 / 2.00 / 3.00');
    expect(quantiles([latencies(100), latencies(99)])).toBe('1.00 / 2.00 / –');
    expect(quantiles([latencies(19)])).toBe('1.00 / – / –');
  });

  test('ratios are computed per round', () => {
    expect(ratios([2, 6], [1, 2])).toEqual([2, 3]);
    expect(ratios([2, 6], [])).toEqual([]);
  });
});

describe('the targets', () => {
  const latencies = { count: 100, p50: 1, p95: 49, p99: 60, max: 70 };
  const measured = (scenario: string, server: ServerName, figures: readonly (readonly [number, number])[]) =>
    figures.map(([cpuMicros, perSecond], index) => ({
      ...{ scenario, server, round: index + 1, cpuMicros, perSecond },
      ...{ steady: { rate: 1, latencies }, rssBytes: 1, failed: 0, failures: [] },
    }));
  const figures = [
    ...measured('guarded-product', 'nest', [
      [300, 1],
      [609, 1],
      [380, 1],
    ]),
    ...measured('guarded-product', 'express', [
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
  const comparison = { scenarios: [], servers: ['express', 'strata'] as const, measurements: figures };
  const writers = { writers: 32, rounds: [{ waking: 95, silent: 100 }], notifications: 1, failed: 0 };
  const burst = (counts: Readonly<Record<number, number>>) => ({
    byStatus: Object.fromEntries(
      Object.entries(counts).map(([status, count]) => [status, { ...latencies, count }]),
    ),
    seconds: 1,
  });
  const contentionOf = (...bursts: ReturnType<typeof burst>[]) => {
    return { connections: 32, hot: [], buyers: 300, pieces: 100, bursts };
  };
  const contention = contentionOf(burst({ 201: 100, 409: 200 }), burst({ 201: 100, 409: 200 }));
  const judged = evaluateTargets({ comparison, writers, contention, testsSeconds: 120.4 }, readOptions([]));
  const aim = (title: string) => judged.find((each) => each.title.startsWith(title));

  test('are checked against the median of the ratios per round', () => {
    const product = 'CPU, product by id ÷ bare Express with the same token check';
    expect(aim(product)).toMatchObject({ limit: '≤ 1.4', figure: '1.50 (1.45–2.00)', isMet: false });
    expect(aim(`${product}, stretch target`)).toMatchObject({ limit: '≤ 1.25', isMet: false });
    expect(aim('CPU, product by id: NestJS')).toMatchObject({ figure: '2.00 (1.90–2.10)', isMet: true });
  });

  test('compare the time of a cursor page by its rate', () => {
    expect(aim('Time for a cursor page')).toMatchObject({ figure: '2.00 (2.00–2.00)', isMet: false });
  });

  test('can require a minimum', () => {
    expect(aim('POST /orders')).toMatchObject({ figure: '0.61 (0.61–0.61)', isMet: true });
    expect(aim('Search for one word')).toMatchObject({ figure: '49.0 (49.0–49.0) ms', isMet: true });
  });

  test('compare a single value', () => {
    expect(aim('npm test')).toMatchObject({ limit: '≤ 120 s', figure: '120 s', isMet: false });
  });

  test('compare concurrent writers with and without wake-ups', () => {
    expect(aim('Orders per second of 32 writers')).toMatchObject({ figure: '0.95 (0.95–0.95)', isMet: true });
  });

  test('require the expected responses in each burst of buyers', () => {
    expect(aim('300 buyers')).toMatchObject({ figure: '100 × 201, 200 × 409', isMet: true });
    const refused = contentionOf(burst({ 201: 100, 409: 200 }), burst({ 201: 100, 409: 179, 503: 21 }));
    const [failed] = evaluateTargets({ contention: refused }, readOptions([])).filter(({ title }) =>
      title.startsWith('300 buyers'),
    );
    expect(failed).toMatchObject({
      figure: '100 × 201, 200 × 409 or 100 × 201, 179 × 409, 21 × 503',
      isMet: false,
    });
  });

  test('are neither reached nor missed without a measurement', () => {
    for (const title of [
      ...['Refreshes', 'Search for three', 'First start', 'Live memory', 'CPU, refresh', 'Generating'],
      ...['CPU, cursor page of 20: NestJS', 'CPU, product by id: Express 5 + TypeORM'],
    ]) {
      expect(aim(title)).toBeDefined();
      expect(aim(title)).not.toHaveProperty('isMet');
    }
  });
});

describe('the options', () => {
  test('a run is complete unless an option reduces it', () => {
    expect(isWhole(readOptions([]))).toBe(true);
    expect(isWhole(readOptions(['--minutes', '30']))).toBe(true);
    for (const less of [
      ['--quick'],
      ['--aims'],
      ['--rows', '1000'],
      ['--rounds', '1'],
      ['--flood'],
      ['--servers', 'strata'],
    ])
      expect(isWhole(readOptions(less))).toBe(false);
  });

  test('the service is always measured', () => {
    expect(readOptions(['--servers', 'express']).servers).toEqual(['express', 'strata']);
  });

  test('invalid values are refused', () => {
    expect(() => readOptions(['--rows', '10'])).toThrow('--rows 10 is not an integer of at least 1000');
    expect(() => readOptions(['--minutes', '0'])).toThrow('not a number above 0');
    expect(() => readOptions(['--servers', 'koa'])).toThrow('no server koa');
  });

  test('an unknown option prints the usage and exits with 1', () => {
    const script = join(import.meta.dirname, '../../bench/run.ts');
    const args = ['--import', 'tsx', script, '--nonsense'];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^Unknown option '--nonsense'\.\nnpm run bench/),
    ]);
  });
});

describe('tablesScanned', () => {
  const reads = (scans: Record<string, [count: number, rows: number]>): Reads => ({
    rows: 0,
    scans: new Map(Object.entries(scans).map(([name, [count, rows]]) => [name, { count, rows }])),
  });

  test('returns tables with a scan of more rows than allowed since the previous reading', () => {
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
