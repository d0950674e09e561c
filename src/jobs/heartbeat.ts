import type { Logger } from '../core/ports.ts';

const timeoutMs = 5_000;

/** Makes what tells the address that a scheduled job has succeeded; whoever listens there raises the alarm when it falls silent. Never throws. */
export function createHeartbeat(url: string | undefined, logger: Logger): (name: string) => Promise<void> {
  return async (name) => {
    if (url === undefined) return;
    try {
      // With dashes, as the services that offer this take no dots.
      const address = url.replaceAll('{name}', name.replaceAll('.', '-'));
      const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The heartbeat URL answered ${response.status}.`);
    } catch (error) {
      logger.warn('Sending the heartbeat of a scheduled job failed.', { name, error });
    }
  };
}
