import { threadId } from 'node:worker_threads';
import type { WorkerTask } from '../../src/core/ports.ts';

/** Returns its input, and the id of the thread that it runs in. */
export function echo<T>(input: T): { input: T; threadId: number } {
  return { input, threadId };
}

export function fail(message: string): never {
  throw new RangeError(message);
}

/** Never returns. */
export function spin(): never {
  for (;;);
}

const file = import.meta.url;

export const echoTask: WorkerTask<readonly number[], { input: readonly number[]; threadId: number }> = {
  file,
  run: echo,
};
export const failTask: WorkerTask<string, never> = { file, run: fail };
export const spinTask: WorkerTask<null, never> = { file, run: spin };
