import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds; throws after a minute. */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await sleep(20);
  }
}
