import { setTimeout as sleep } from 'node:timers/promises';
import { generousTimeoutMs } from './config.ts';

/**
 * Waits until `condition` returns true. Throws after ten minutes with `description`, so that a hanging test shows what
 * it waited for.
 */
export async function until(description: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + generousTimeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Timed out waiting until ${description}.`);
    await sleep(10);
  }
}
