import { Redis } from 'ioredis';
import type { Environment } from '../../src/config/environment.ts';
import { about, firstLine, type Finding } from './finding.ts';
import { readSetting } from './settings.ts';

// A slow machine takes seconds to answer.
const timeoutMs = 10_000;

/** Whether Redis answers. The service does without, so that its absence is no failure. */
export async function judgeRedis(env: Environment): Promise<Finding> {
  const { ok, warn } = about('redis');
  const url = await readSetting(env, 'REDIS_URL');
  if (url === null) return ok('not used: each process counts rate limits by itself (REDIS_URL shares them)');
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: timeoutMs });
  let reason = '';
  redis.on('error', (error) => (reason = firstLine(error)));
  try {
    await redis.connect();
    const version = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? 'of unknown version';
    return ok(`Redis ${version} answers (${new URL(url).host})`);
  } catch (error) {
    return warn(
      `does not answer (${reason || firstLine(error)}): each process would count rate limits by itself`,
      'start it, or correct or remove REDIS_URL',
    );
  } finally {
    redis.disconnect();
  }
}
