import { run } from '../stand.ts';
import type { PartContext } from './context.ts';

/** How long the whole test suite takes, in seconds; throws with its output when a test fails. */
export async function measureTests({ log }: PartContext): Promise<number> {
  log('Running the tests');
  const startedAt = performance.now();
  await run('npm', ['test']);
  return (performance.now() - startedAt) / 1_000;
}
