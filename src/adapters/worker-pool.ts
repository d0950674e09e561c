import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { WorkerPool } from '../core/ports.ts';

// True if the service runs from TypeScript source. Each thread must then load tsx itself.
const isSource = import.meta.url.endsWith('.ts');

/**
 * The part of Piscina that is used here. Piscina declares outputs as `any`. The thread calls the given function, so the
 * output has the type of that function.
 */
interface Threads {
  run<Output>(input: unknown, options: RunOptions): Promise<Output>;
  destroy(): Promise<void>;
}

interface RunOptions {
  readonly filename: string;
  readonly name: string;
  readonly signal: AbortSignal;
}

const idleMs = 30_000;
// The number of threads. One core is left for the event loop.
const spareThreads = Math.max(availableParallelism() - 1, 1);

/**
 * Creates a thread pool with Piscina. Piscina starts threads when they are needed, and ends them when they are idle.
 */
export function createWorkerPool(maxThreads: number = spareThreads): WorkerPool {
  const piscina = new Piscina({
    minThreads: 0,
    maxThreads,
    idleTimeout: idleMs,
    execArgv: isSource ? ['--import', 'tsx'] : [],
  });
  const pool: Threads = piscina;
  return {
    run: (task, input, signal) =>
      pool.run(input, { filename: fileURLToPath(task.file), name: task.run.name, signal }),
    close: () => pool.destroy(),
  };
}
