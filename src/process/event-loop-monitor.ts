import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from '../core/ports.ts';

const resolutionMs = 20;
const defaultEveryMs = 10_000;

interface EventLoopMonitorSettings {
  /** The delay from which on it is told of; 0 turns the watch off. */
  readonly thresholdMs: number;
  readonly logger: Logger;
  readonly everyMs?: number;
}

/**
 * Says when the event loop has stood still: whatever holds it up holds up every request of the process, and makes queries
 * look slow that were not. Gives what ends the watch.
 */
export function monitorEventLoop({
  thresholdMs,
  logger,
  everyMs = defaultEveryMs,
}: EventLoopMonitorSettings): () => void {
  if (thresholdMs === 0) return () => undefined;
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  // What is measured is the time between two looks, which is never less than the resolution.
  const toMs = (nanoseconds: number): number => Math.max(Math.round(nanoseconds / 1e6) - resolutionMs, 0);
  const look = (): void => {
    const maxMs = toMs(delay.max);
    if (maxMs >= thresholdMs)
      logger.warn(
        'The event loop stood still, and every request with it: work for the processor belongs to the worker pool.',
        { event: 'loop.delay', maxMs, p99Ms: toMs(delay.percentile(99)), meanMs: toMs(delay.mean) },
      );
    delay.reset();
  };
  delay.enable();
  // In the immediate, because a delay that has just ended is measured after this very timer, and a reset would lose it.
  const timer = setInterval(() => setImmediate(look), everyMs).unref();
  return () => {
    clearInterval(timer);
    delay.disable();
  };
}
