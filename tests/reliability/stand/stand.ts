import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeTemporaryFolder } from '../../../scripts/lib/temporary-folder.ts';
import { runCommand } from '../../../src/cli.ts';
import { startBalancer } from './balancer.ts';
import type { Closers } from './closers.ts';
import { FaultProxy } from './fault-proxy.ts';
import { openDatabaseServer, type DatabaseServer } from './postgres.ts';
import { openProvider, type Provider } from './provider.ts';
import { openRedis, type RedisServer } from './redis.ts';
import { createScratchDatabase } from './scratch-database.ts';
import type { ServiceProcess } from './service-process.ts';
import { openApi, openWorker, sharedSettings, type ApiStation, type Station } from './stations.ts';
import { traces } from './traces.ts';

/** What the service stands on. */
interface Ground {
  readonly dir: string;
  readonly server: DatabaseServer;
  readonly redis: RedisServer | null;
  readonly provider: Provider;
  /** Past every proxy, for the rig's own questions. */
  readonly database: pg.Pool;
  /** Runs a command of the service's command line. */
  command(name: string, args?: readonly string[]): Promise<string>;
}

/** The whole service as it would run: processes, what they stand on, and a proxy on each link between them. */
export interface Stand extends Ground {
  readonly apis: readonly ApiStation[];
  readonly workers: readonly Station[];
  readonly stations: readonly Station[];
  /** The processes of all stations, and the provider's. */
  readonly processes: readonly ServiceProcess[];
  /** Where clients come in, before the balancer. */
  readonly edge: FaultProxy;
  readonly links: readonly FaultProxy[];
}

interface StandOptions {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly administrator: { readonly email: string; readonly password: string };
  /** Leaves the folder with logs and history when all else has ended. */
  readonly isKept: boolean;
}

async function makeFolder(closers: Closers): Promise<string> {
  const { path, remove } = await makeTemporaryFolder('rig');
  closers.add(remove);
  return path;
}

/** Starts everything; resolves once every process is ready. However far it comes, the closers end it. */
export async function openStand(options: StandOptions, closers: Closers): Promise<Stand> {
  const dir = options.isKept ? await mkdtemp(join(tmpdir(), 'strata-rig-')) : await makeFolder(closers);
  const server = await openDatabaseServer(join(dir, 'postgres'), options.databaseUrl);
  closers.add(() => server.stop());
  const redis = await openRedis(options.redisUrl);
  if (redis !== null) closers.add(() => redis.stop());
  const { name, drop } = await createScratchDatabase(server);
  closers.add(drop);

  // The balancer's port, once there is one: what leads to it has to be known before.
  const entrance = { port: 0 };
  const provider = await openProvider(dir, () => entrance.port);
  const settings = { ...sharedSettings(dir), ...provider.env };
  const direct = { ...settings, LOG_LEVEL: 'error', DATABASE_URL: server.url(name) };
  const command: Stand['command'] = (task, args = []) => runCommand(task, args, direct);
  const { email, password } = options.administrator;
  await command('db:migrate');
  await command('user:create', ['--email', email, '--password', password, '--role', 'admin']);
  const database = new pg.Pool({ connectionString: direct.DATABASE_URL, max: 4, application_name: 'rig' });
  database.on('error', () => undefined);
  closers.add(() => database.end());
  await database.query(traces);

  const around = { dir, server, database: name, redis, settings };
  const apis = [await openApi('api-1', around), await openApi('api-2', around)];
  const workers = [await openWorker('worker-1', around), await openWorker('worker-2', around)];
  const stations = [...apis, ...workers];
  const processes = [provider.process, ...stations.map(({ process }) => process)];
  const edge = await FaultProxy.open(() => entrance.port);
  const links = [edge, ...linksOf(provider, apis, stations)];
  closers.add(() => closeEach(links));
  for (const process of processes) {
    process.start();
    closers.add(() => process.stop());
  }
  await Promise.all(processes.map((process) => process.becomeReady()));
  const balancer = await startBalancer(apis.map(({ fromBalancer }) => fromBalancer.port));
  closers.add(() => balancer.close());
  entrance.port = balancer.port;
  const ground = { dir, server, redis, provider, database, command };
  return { ...ground, apis, workers, stations, processes, edge, links };
}

const linksOf = (
  provider: Provider,
  apis: readonly ApiStation[],
  stations: readonly Station[],
): FaultProxy[] => [
  provider.link,
  provider.webhooks,
  ...apis.map(({ fromBalancer }) => fromBalancer),
  ...stations.flatMap(({ toDatabase, toRedis }) => [toDatabase, ...(toRedis ? [toRedis] : [])]),
];

async function closeEach(links: readonly FaultProxy[]): Promise<void> {
  await Promise.all(links.map((link) => link.close()));
}
