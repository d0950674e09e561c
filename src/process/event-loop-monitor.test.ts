import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogFields, Logger } from '../core/ports.ts';
import { monitorEventLoop } from './event-loop-monitor.ts';

const stopFor = (ms: number): void => {
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

  it('tells of a delay once, with how long it was', async () => {
    watch(400);
    while (lines.length === 0) {
      await sleep(200);
      stopFor(600);
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
    // The next look begins anew.
    await sleep(300);
    expect(lines.filter(({ maxMs }) => maxMs === line?.['maxMs'])).toHaveLength(1);
  });

  it('says nothing of a loop that turns', async () => {
    watch(30_000);
    stopFor(100);
    await sleep(400);
    expect(lines).toEqual([]);
  });

  it('is off at 0', async () => {
    watch(0);
    stopFor(100);
    await sleep(300);
    expect(lines).toEqual([]);
  });
});
