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

  it('runs a task in another thread with a copy of its input', async () => {
    const input = [1, 2, 3];
    const answer = await pool.run(echoTask, input, signal);
    expect(answer.input).toEqual(input);
    expect(answer.threadId).not.toBe(threadId);
  });

  it("throws the task's error and keeps working", async () => {
    await expect(pool.run(failTask, 'out of range', signal)).rejects.toThrow('out of range');
    expect((await pool.run(echoTask, [1], signal)).input).toEqual([1]);
  });

  it('ends an aborted task even if it is busy, and keeps working', async () => {
    const end = new AbortController();
    const spinning = pool.run(spinTask, null, end.signal);
    end.abort();
    await expect(spinning).rejects.toThrow();
    expect((await pool.run(echoTask, [2], signal)).input).toEqual([2]);
  });

  it('ends its threads when closed', async () => {
    const spinning = pool.run(spinTask, null, signal);
    const outcome = expect(spinning).rejects.toThrow();
    await pool.close();
    await outcome;
  });
});
