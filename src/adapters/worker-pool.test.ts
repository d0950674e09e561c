import { threadId } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { echoTask, failTask, spinTask } from '../../tests/helpers/calculations.ts';
import type { WorkerPool } from '../core/ports.ts';
import { createWorkerPool } from './worker-pool.ts';

describe('the worker pool', () => {
  let pool: WorkerPool;
  const { signal } = new AbortController();

  beforeEach(() => {
    pool = createWorkerPool(1);
  });
  afterEach(() => pool.close());

  it('carries out a task in another thread, with a copy of its input', async () => {
    const input = [1, 2, 3];
    const answer = await pool.run(echoTask, input, signal);
    expect(answer.input).toEqual(input);
    expect(answer.threadId).not.toBe(threadId);
  });

  it('throws what the task throws, and goes on', async () => {
    await expect(pool.run(failTask, 'out of range', signal)).rejects.toThrow('out of range');
    expect((await pool.run(echoTask, [1], signal)).input).toEqual([1]);
  });

  it('ends a task that is aborted, however busy it is, and goes on', async () => {
    const end = new AbortController();
    const spinning = pool.run(spinTask, null, end.signal);
    end.abort();
    await expect(spinning).rejects.toThrow();
    expect((await pool.run(echoTask, [2], signal)).input).toEqual([2]);
  });

  it('ends its threads when it is closed', async () => {
    const spinning = pool.run(spinTask, null, signal);
    const outcome = expect(spinning).rejects.toThrow();
    await pool.close();
    await outcome;
  });
});
