import { run } from '../processes.ts';
import type { PartContext } from './context.ts';

/** Returns the duration of the test suite in seconds. Throws with its output if a test fails. */
export async function measureTests({ log }: PartContext): Promise<number> {
  log('Running the tests');
  const startedAt = performance.now();
  await run('npm', ['test']);
  return (performance.now() - startedAt) / 1_000;
}
