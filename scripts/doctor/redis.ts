import { Redis } from 'ioredis';
import type { Environment } from '../../src/config/environment.ts';
import { about, firstLine, type Finding } from './finding.ts';
import { readSetting } from './settings.ts';

// The timeout is long, because a slow machine may take seconds to respond.
const timeoutMs = 10_000;

/** Checks that Redis is reachable. A problem is only a warning, because the service works without Redis. */
export async function checkRedis(env: Environment): Promise<Finding> {
  const { ok, warn } = about('redis');
  const url = await readSetting(env, 'REDIS_URL');
  if (url === null)
    return ok('not used; each process counts rate limits separately (set REDIS_URL to share them)');
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: timeoutMs });
  let reason = '';
  redis.on('error', (error) => (reason = firstLine(error)));
  try {
    await redis.connect();
    const version = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? '(unknown version)';
    return ok(`Redis ${version} is reachable (${new URL(url).host})`);
  } catch (error) {
    return warn(
      `unreachable (${reason || firstLine(error)}); each process would count rate limits separately`,
      'start Redis, or correct or remove REDIS_URL',
    );
  } finally {
    redis.disconnect();
  }
}
