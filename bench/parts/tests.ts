import { run, serverPath } from '../processes.ts';
import type { PartContext } from './context.ts';

/** Returns how long the test suite takes, in seconds. If a test fails, throws an error with the output. */
export async function measureTests({ log }: PartContext): Promise<number> {
  log('Running the tests');
  const startedAt = performance.now();
  await run('npm', ['test'], { env: { ...process.env, PATH: serverPath() } });
  return (performance.now() - startedAt) / 1_000;
}
