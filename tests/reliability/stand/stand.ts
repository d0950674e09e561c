import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { runCommand } from '../../../src/cli.ts';
import { startBalancer } from './balancer.ts';
import { FaultProxy } from './fault-proxy.ts';
import { findFreePort } from './ports.ts';
import { openDatabaseServer, type DatabaseServer } from './postgres.ts';
import { openProvider, type Provider } from './provider.ts';
import { openRedis, type RedisServer } from './redis.ts';
import { ServiceProcess } from './service-process.ts';
import { traces } from './traces.ts';

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

/** The whole service as it would run: processes, what they stand on, and a proxy on each link between them. */
export interface Stand {
  readonly dir: string;
  readonly server: DatabaseServer;
  readonly redis: RedisServer | null;
  readonly provider: Provider;
  readonly apis: readonly ApiStation[];
  readonly workers: readonly Station[];
  /** Where clients come in, before the balancer. */
  readonly edge: FaultProxy;
  /** Past every proxy, for the rig's own questions. */
  readonly database: pg.Pool;
  stations(): readonly Station[];
  /** The processes of all stations, and the provider's. */
  processes(): readonly ServiceProcess[];
  links(): readonly FaultProxy[];
  /** Runs a command of the service's command line. */
  command(name: string, args?: readonly string[]): Promise<string>;
  /** Ends everything; `keep` leaves the folder with its logs. */
  close(options: { readonly keep: boolean }): Promise<void>;
}

interface StandOptions {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
}

/** Starts everything, and an administrator beside it; resolves once every process is ready. */
export async function openStand(
  { databaseUrl, redisUrl }: StandOptions,
  administrator: { readonly email: string; readonly password: string },
): Promise<Stand> {
  const dir = await mkdtemp(join(tmpdir(), 'strata-rig-'));
  const server = await openDatabaseServer(join(dir, 'postgres'), databaseUrl);
  const redis = await openRedis(redisUrl);
  const name = `strata_rig_${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name);
  // The balancer's port, once there is one: what leads to it has to be known before.
  const entrance = { port: 0 };
  const provider = await openProvider(dir, () => entrance.port);

  const common = {
    ...provider.env,
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
  };
  const direct = { ...common, LOG_LEVEL: 'error', DATABASE_URL: server.url(name) };
  const command: Stand['command'] = (task, args = []) => runCommand(task, args, direct);
  await command('db:migrate');
  const { email, password } = administrator;
  await command('user:create', ['--email', email, '--password', password, '--role', 'admin']);
  const database = new pg.Pool({ connectionString: server.url(name), max: 4, application_name: 'rig' });
  database.on('error', () => undefined);
  await database.query(traces);

  const openStation = async (process: string, entry: string, portSetting: string): Promise<Station> => {
    const port = await findFreePort();
    const toDatabase = await FaultProxy.open(() => server.port);
    const toRedis = redis === null ? undefined : await FaultProxy.open(() => redis.port);
    const env = {
      ...common,
      [portSetting]: String(port),
      DATABASE_URL: signed(server.url(name, toDatabase.port), process),
      ...(redis !== null && toRedis !== undefined && { REDIS_URL: redis.url(toRedis.port) }),
    };
    const options = { name: process, entry, preload: [probe], env, port, cwd: dir };
    return { process: new ServiceProcess(options), toDatabase, toRedis };
  };
  const openApi = async (process: string): Promise<ApiStation> => {
    const station = await openStation(process, 'src/server.ts', 'PORT');
    const fromBalancer = await FaultProxy.open(() => station.process.port);
    return { ...station, fromBalancer };
  };
  const apis = [await openApi('api-1'), await openApi('api-2')];
  const workers = [
    await openStation('worker-1', 'src/worker.ts', 'WORKER_PORT'),
    await openStation('worker-2', 'src/worker.ts', 'WORKER_PORT'),
  ];
  const stations = [...apis, ...workers];
  const processes = [provider.process, ...stations.map(({ process }) => process)];
  for (const process of processes) process.start();
  await Promise.all(processes.map((process) => process.becomeReady()));

  const balancer = await startBalancer(apis.map(({ fromBalancer }) => fromBalancer.port));
  entrance.port = balancer.port;
  const edge = await FaultProxy.open(() => entrance.port);
  const links = [
    edge,
    provider.link,
    provider.webhooks,
    ...apis.map(({ fromBalancer }) => fromBalancer),
    ...stations.flatMap(({ toDatabase, toRedis }) => [toDatabase, ...(toRedis ? [toRedis] : [])]),
  ];
  return {
    dir,
    server,
    redis,
    provider,
    apis,
    workers,
    edge,
    database,
    stations: () => stations,
    processes: () => processes,
    links: () => links,
    command,
    close: async ({ keep }) => {
      await Promise.all(processes.map((process) => process.stop()));
      balancer.close();
      await Promise.all(links.map((link) => link.close()));
      await database.end();
      await dropDatabase(server, name);
      await redis?.stop();
      await server.stop();
      if (!keep) await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The address with which PostgreSQL knows, in each session, which process it serves. */
function signed(address: string, process: string): string {
  const url = new URL(address);
  url.searchParams.set('options', `-c rig.process=${process}`);
  return url.href;
}

const createDatabase = (server: DatabaseServer, name: string): Promise<void> =>
  onServer(server, `CREATE DATABASE ${name}`);

const dropDatabase = (server: DatabaseServer, name: string): Promise<void> =>
  onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

async function onServer(server: DatabaseServer, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
