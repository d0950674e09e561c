import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogFields, Logger } from '../core/ports.ts';
import { monitorEventLoop } from './event-loop-monitor.ts';

const blockFor = (ms: number): void => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe('monitorEventLoop', () => {
  const lines: LogFields[] = [];
  const nothing = () => undefined;
  const logger: Logger = {
    debug: nothing,
    info: nothing,
    warn: (_message, fields = {}) => lines.push(fields),
    error: nothing,
  };
  let end = nothing as () => void;

  afterEach(() => {
    end();
    lines.length = 0;
  });

  const watch = (thresholdMs: number) => {
    end = monitorEventLoop({ thresholdMs, logger, everyMs: 100 });
  };

  it('logs a delay once, with its length', async () => {
    watch(400);
    while (lines.length === 0) {
      await sleep(200);
      blockFor(600);
      await sleep(200);
    }
    const [line] = lines;
    expect(line).toEqual({
      event: 'loop.delay',
      maxMs: expect.any(Number),
      p99Ms: expect.any(Number),
      meanMs: expect.any(Number),
    });
    expect(line?.['maxMs']).toBeGreaterThanOrEqual(400);
    expect(Number(line?.['meanMs'])).toBeLessThanOrEqual(Number(line?.['maxMs']));
    // Wait until the check has cleared the histogram.
    await sleep(300);
    expect(lines.filter(({ maxMs }) => maxMs === line?.['maxMs'])).toHaveLength(1);
  });

  it('logs nothing while the loop is not blocked', async () => {
    watch(30_000);
    blockFor(100);
    await sleep(400);
    expect(lines).toEqual([]);
  });

  it('logs nothing if the threshold is 0', async () => {
    watch(0);
    blockFor(100);
    await sleep(300);
    expect(lines).toEqual([]);
  });
});
