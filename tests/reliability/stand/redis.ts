import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findFreePort } from './ports.ts';

/** A Redis for the stand. */
export interface RedisServer {
  readonly port: number;
  /** Its address through this port. */
  url(port: number): string;
  stop(): Promise<void>;
}

/** Takes the Redis that the tests are given, or starts one that keeps nothing; null where this machine has none. */
export async function openRedis(given: string | undefined): Promise<RedisServer | null> {
  if (given !== undefined && given !== '') {
    const url = new URL(given);
    return { port: Number(url.port || 6379), url: (port) => through(url, port), stop: async () => undefined };
  }
  const port = await findFreePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  const failed = once(child, 'error').then(() => true);
  if (await Promise.race([failed, answers(port).then(() => false)])) return null;
  return {
    port,
    url: (through) => `redis://127.0.0.1:${through}`,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function through(url: URL, port: number): string {
  const other = new URL(url);
  other.port = String(port);
  return other.href;
}

async function answers(port: number): Promise<void> {
  const redis = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  while (redis.status !== 'ready') {
    await redis.connect().catch(() => undefined);
    await sleep(50);
  }
  redis.disconnect();
}
