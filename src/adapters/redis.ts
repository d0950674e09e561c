import { Redis } from 'ioredis';
import type { Logger } from '../core/ports.ts';

const defaultCommandTimeoutMs = 50;

/**
 * Creates a client for a Redis that the service can do without. While Redis is unavailable, commands fail immediately.
 */
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
  // Log only when Redis becomes unavailable or available, not for each request.
  redis.on('error', (error: Error) => {
    if (isUp)
      logger.warn('Redis is unavailable. Until it is back, each process counts rate limits for itself.', {
        error,
      });
    isUp = false;
  });
  redis.on('ready', () => {
    if (!isUp) logger.info('Redis is available again.');
    isUp = true;
  });
  // Ignore the outcome here, because the event handlers above report it.
  redis.connect().catch(() => undefined);
  return redis;
}
