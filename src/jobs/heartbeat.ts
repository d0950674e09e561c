import type { Logger } from '../core/ports.ts';

const timeoutMs = 5_000;

/**
 * Returns a function that reports the success of a scheduled job to `url`. The monitoring service behind `url` raises
 * an alarm if reports stop. The function never throws.
 */
export function createHeartbeat(url: string | undefined, logger: Logger): (name: string) => Promise<void> {
  return async (name) => {
    if (url === undefined) return;
    try {
      // Replace dots, because heartbeat services do not allow them in the names of checks.
      const address = url.replaceAll('{name}', name.replaceAll('.', '-'));
      const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The heartbeat URL answered ${response.status}.`);
    } catch (error) {
      logger.warn('Sending the heartbeat of a scheduled job failed.', { name, error });
    }
  };
}
