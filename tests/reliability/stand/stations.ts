import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FaultProxy } from './fault-proxy.ts';
import { findFreePort } from './ports.ts';
import type { DatabaseServer } from './postgres.ts';
import type { RedisServer } from './redis.ts';
import { ServiceProcess } from './service-process.ts';

const probe = pathToFileURL(join(import.meta.dirname, '../probe/register.ts')).href;

// Limits so high that nothing meets them, and not off: counting is what asks Redis.
const unlimited = '1000000';

/** A process with the links that it alone uses. */
export interface Station {
  readonly process: ServiceProcess;
  readonly toDatabase: FaultProxy;
  readonly toRedis: FaultProxy | undefined;
}

/** A process that requests reach. */
export interface ApiStation extends Station {
  readonly fromBalancer: FaultProxy;
}

/** What every process of the service is told, whatever it is. */
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

interface Surroundings {
  readonly dir: string;
  readonly server: DatabaseServer;
  readonly database: string;
  readonly redis: RedisServer | null;
  readonly settings: Readonly<Record<string, string>>;
}

/** Prepares an API process, not started yet. */
export async function openApi(name: string, around: Surroundings): Promise<ApiStation> {
  const station = await openStation(name, 'src/server.ts', 'PORT', around);
  return { ...station, fromBalancer: await FaultProxy.open(() => station.process.port) };
}

/** Prepares a worker, not started yet. */
export const openWorker = (name: string, around: Surroundings): Promise<Station> =>
  openStation(name, 'src/worker.ts', 'WORKER_PORT', around);

async function openStation(
  name: string,
  entry: string,
  portSetting: string,
  { dir, server, database, redis, settings }: Surroundings,
): Promise<Station> {
  const port = await findFreePort();
  const toDatabase = await FaultProxy.open(() => server.port);
  const toRedis = redis === null ? undefined : await FaultProxy.open(() => redis.port);
  const env = {
    ...settings,
    [portSetting]: String(port),
    DATABASE_URL: signed(server.url(database, toDatabase.port), name),
    ...(redis !== null && toRedis !== undefined && { REDIS_URL: redis.url(toRedis.port) }),
  };
  const process = new ServiceProcess({ name, entry, preload: [probe], env, port, cwd: dir });
  return { process, toDatabase, toRedis };
}

/** The address with which PostgreSQL knows, in each session, which process it serves. */
function signed(address: string, process: string): string {
  const url = new URL(address);
  url.searchParams.set('options', `-c rig.process=${process}`);
  return url.href;
}
