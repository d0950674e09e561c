import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FaultProxy } from './fault-proxy.ts';
import { findFreePort } from './ports.ts';
import type { DatabaseServer } from './postgres.ts';
import type { RedisServer } from './redis.ts';
import { ServiceProcess } from './service-process.ts';

const probe = pathToFileURL(join(import.meta.dirname, '../probe/register.ts')).href;

// A limit so high that no run reaches it. Not 0, because 0 would disable the limit, and the service would not use
// Redis.
const unlimited = '1000000';

/** A process of the service and its links to database and Redis. */
export interface ServiceNode {
  readonly process: ServiceProcess;
  readonly toDatabase: FaultProxy;
  readonly toRedis: FaultProxy | undefined;
}

/** An API process, and the link from the balancer to it. */
export interface ApiNode extends ServiceNode {
  readonly fromBalancer: FaultProxy;
}

/** Returns the settings that all processes of the service share. */
export const sharedSettings = (dir: string): Record<string, string> => ({
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
  JWT_SECRET: randomBytes(48).toString('base64'),
  PASSWORD_PEPPER: randomBytes(48).toString('base64'),
  BCRYPT_COST: '4',
  RATE_LIMIT_GLOBAL_PER_MINUTE: unlimited,
  RATE_LIMIT_AUTH_PER_15_MINUTES: unlimited,
  RATE_LIMIT_WRITES_PER_MINUTE: unlimited,
  MAIL_KEPT_DIR: join(dir, 'mail'),
});

interface NodeOptions {
  readonly dir: string;
  readonly server: DatabaseServer;
  readonly database: string;
  readonly redis: RedisServer | null;
  readonly settings: Readonly<Record<string, string>>;
}

/** Prepares an API process. Does not start it. */
export async function openApi(name: string, around: NodeOptions): Promise<ApiNode> {
  const node = await openNode(name, 'src/server.ts', 'PORT', around);
  return { ...node, fromBalancer: await FaultProxy.open(() => node.process.port) };
}

/** Prepares a worker. Does not start it. */
export const openWorker = (name: string, around: NodeOptions): Promise<ServiceNode> =>
  openNode(name, 'src/worker.ts', 'WORKER_PORT', around);

async function openNode(
  name: string,
  entry: string,
  portSetting: string,
  { dir, server, database, redis, settings }: NodeOptions,
): Promise<ServiceNode> {
  const port = await findFreePort();
  const toDatabase = await FaultProxy.open(() => server.port);
  const toRedis = redis === null ? undefined : await FaultProxy.open(() => redis.port);
  const env = {
    ...settings,
    [portSetting]: String(port),
    DATABASE_URL: withProcessName(server.url(database, toDatabase.port), name),
    ...(redis !== null && toRedis !== undefined && { REDIS_URL: redis.url(toRedis.port) }),
  };
  const process = new ServiceProcess({ name, entry, preload: [probe], env, port, cwd: dir });
  return { process, toDatabase, toRedis };
}

/**
 * Adds the name of the process to the database URL as the session variable `rig.process`, so that the triggers of this
 * test can record which process made a change.
 */
function withProcessName(address: string, process: string): string {
  const url = new URL(address);
  url.searchParams.set('options', `-c rig.process=${process}`);
  return url.href;
}
