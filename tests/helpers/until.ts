import { setTimeout as sleep } from 'node:timers/promises';
import { generousTimeoutMs } from './config.ts';

/** Waits until `condition` holds. Throws after ten minutes, naming `description`, so that a hanging test shows its cause. */
export async function until(description: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + generousTimeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Timed out waiting until ${description}.`);
    await sleep(10);
  }
}
