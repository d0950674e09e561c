import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { WorkerPool } from '../core/ports.ts';

// Run from its source, a thread has to learn to read TypeScript by itself.
const isSource = import.meta.url.endsWith('.ts');

const idleMs = 30_000;
// One processor is left to the event loop.
const spareThreads = Math.max(availableParallelism() - 1, 1);

/** A pool of threads over piscina. A thread begins with the first task that finds none free, and ends when there is nothing to do. */
export function createWorkerPool(maxThreads: number = spareThreads): WorkerPool {
  const pool = new Piscina({
    minThreads: 0,
    maxThreads,
    idleTimeout: idleMs,
    execArgv: isSource ? ['--import', 'tsx'] : [],
  });
  return {
    run: async (task, input, signal) => {
      const options = { filename: fileURLToPath(task.file), name: task.run.name, signal };
      // The thread calls that very function.
      return (await pool.run(input, options)) as ReturnType<typeof task.run>;
    },
    close: () => pool.destroy(),
  };
}
