import { Redis } from 'ioredis';
import type { Logger } from '../core/ports.ts';

const defaultCommandTimeoutMs = 50;

/** Redis as an optional part: a command that it cannot answer at once fails at once. */
export function createRedis(
  url: string,
  logger: Logger,
  { commandTimeoutMs = defaultCommandTimeoutMs }: { commandTimeoutMs?: number } = {},
): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 500,
    commandTimeout: commandTimeoutMs,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  let isUp = true;
  // One line a change, not one a request.
  redis.on('error', (error: Error) => {
    if (isUp)
      logger.warn('Redis does not answer: each process counts its rate limits alone until it does.', {
        error,
      });
    isUp = false;
  });
  redis.on('ready', () => {
    if (!isUp) logger.info('Redis answers again.');
    isUp = true;
  });
  // The outcome is told by the events above.
  redis.connect().catch(() => undefined);
  return redis;
}
