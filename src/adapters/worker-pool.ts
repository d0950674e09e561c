import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { WorkerPool } from '../core/ports.ts';

// If the service runs from TypeScript source, each thread must load tsx itself.
const isSource = import.meta.url.endsWith('.ts');

const idleMs = 30_000;
// Leave one core for the event loop.
const spareThreads = Math.max(availableParallelism() - 1, 1);

/** Creates a thread pool with Piscina. It starts threads when they are needed, and ends them when they are idle. */
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
      // The thread calls the function of this task, so the result has its type.
      return (await pool.run(input, options)) as ReturnType<typeof task.run>;
    },
    close: () => pool.destroy(),
  };
}
