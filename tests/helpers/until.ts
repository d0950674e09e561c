import { setTimeout as sleep } from 'node:timers/promises';
import { generousTimeoutMs } from './config.ts';

/** Waits until something holds; throws after ten minutes, so that a test that hangs says what it waits for. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + generousTimeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await sleep(10);
  }
}
