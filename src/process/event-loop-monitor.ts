import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from '../core/ports.ts';

const resolutionMs = 20;
const defaultEveryMs = 10_000;

interface EventLoopMonitorSettings {
  /** Delays of at least this many milliseconds are logged. 0 disables the monitor. */
  readonly thresholdMs: number;
  readonly logger: Logger;
  readonly everyMs?: number;
}

/**
 * Logs when the event loop was blocked, because a blocked event loop delays every request of the process and makes fast
 * queries look slow. Returns a function that stops the monitor.
 */
export function monitorEventLoop({
  thresholdMs,
  logger,
  everyMs = defaultEveryMs,
}: EventLoopMonitorSettings): () => void {
  if (thresholdMs === 0) return () => undefined;
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  // Subtract the sampling interval, because the histogram contains the time between two samples.
  const toMs = (nanoseconds: number): number => Math.max(Math.round(nanoseconds / 1e6) - resolutionMs, 0);
  const check = (): void => {
    const maxMs = toMs(delay.max);
    if (maxMs >= thresholdMs)
      logger.warn(
        'The event loop was blocked, and with it every request: move CPU-bound work to the worker pool.',
        { event: 'loop.delay', maxMs, p99Ms: toMs(delay.percentile(99)), meanMs: toMs(delay.mean) },
      );
    delay.reset();
  };
  delay.enable();
  // After a block, this timer can fire before the histogram has recorded the delay. setImmediate runs the check after
  // that, so that reset() does not discard the delay.
  const timer = setInterval(() => setImmediate(check), everyMs).unref();
  return () => {
    clearInterval(timer);
    delay.disable();
  };
}
