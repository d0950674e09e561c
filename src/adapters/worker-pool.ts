import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { WorkerPool } from '../core/ports.ts';

// When run from source, each thread must load tsx itself.
const isSource = import.meta.url.endsWith('.ts');

const idleMs = 30_000;
// One core is left to the event loop.
const spareThreads = Math.max(availableParallelism() - 1, 1);

/** Creates a thread pool with Piscina. Threads start on demand and end when idle. */
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
      // The thread calls the same function, so the type matches.
      return (await pool.run(input, options)) as ReturnType<typeof task.run>;
    },
    close: () => pool.destroy(),
  };
}
