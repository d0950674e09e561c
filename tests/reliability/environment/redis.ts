import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { reapChild } from '../../../dev/embedded/reap.ts';
import { findFreePort } from './ports.ts';

/** A Redis server. */
export interface RedisServer {
  readonly port: number;
  /**
   * Returns the URL of the server. `port` replaces the port of the server, so that connections can pass through a
   * proxy.
   */
  url(port: number): string;
  stop(): Promise<void>;
}

/** Uses the given Redis, or starts one without persistence. Returns null if `redis-server` is not installed. */
export async function openRedis(given: string | undefined): Promise<RedisServer | null> {
  if (given !== undefined && given !== '') {
    const url = new URL(given);
    return {
      port: Number(url.port || 6379),
      url: (other) => withPort(url, other),
      stop: async () => undefined,
    };
  }
  const port = await findFreePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  const isThere = await once(child, 'spawn').then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  reapChild(child);
  await waitUntilReady(port);
  return {
    port,
    url: (other) => `redis://127.0.0.1:${other}`,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function withPort(url: URL, port: number): string {
  const other = new URL(url);
  other.port = String(port);
  return other.href;
}

async function waitUntilReady(port: number): Promise<void> {
  const redis = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  while (redis.status !== 'ready') {
    await redis.connect().catch(() => undefined);
    await sleep(50);
  }
  redis.disconnect();
}
