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
import { openApi, openWorker, sharedSettings, type ApiNode, type ServiceNode } from './nodes.ts';
import { traceSchema } from './traces.ts';

/** The dependencies of the service. */
interface Infrastructure {
  readonly dir: string;
  readonly server: DatabaseServer;
  readonly redis: RedisServer | null;
  readonly provider: Provider;
  /** A direct connection without a fault proxy, so that queries of the test itself always work. */
  readonly database: pg.Pool;
  /** Runs a command of `src/cli.ts`. */
  command(name: string, args?: readonly string[]): Promise<string>;
}

/** The complete service: its processes and their dependencies, with a fault proxy on each link between them. */
export interface TestEnvironment extends Infrastructure {
  readonly apis: readonly ApiNode[];
  readonly workers: readonly ServiceNode[];
  readonly nodes: readonly ServiceNode[];
  /** The processes of all nodes and of the payment provider. */
  readonly processes: readonly ServiceProcess[];
  /** The link between the clients and the balancer. */
  readonly edge: FaultProxy;
  readonly links: readonly FaultProxy[];
}

interface EnvironmentOptions {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly administrator: { readonly email: string; readonly password: string };
  /** True if the folder with logs and history is kept after the run. */
  readonly isKept: boolean;
}

async function makeFolder(closers: Closers): Promise<string> {
  const { path, remove } = await makeTemporaryFolder('rig');
  closers.add(remove);
  return path;
}

/**
 * Starts the environment and waits until every process is ready. If the start fails, the caller can stop with `closers`
 * everything that was already started.
 */
export async function openEnvironment(
  options: EnvironmentOptions,
  closers: Closers,
): Promise<TestEnvironment> {
  const dir = options.isKept ? await mkdtemp(join(tmpdir(), 'strata-rig-')) : await makeFolder(closers);
  const server = await openDatabaseServer(join(dir, 'postgres'), options.databaseUrl);
  closers.add(() => server.stop());
  const redis = await openRedis(options.redisUrl);
  if (redis !== null) closers.add(() => redis.stop());
  const { name, drop } = await createScratchDatabase(server);
  closers.add(drop);

  // An object for the port of the balancer, because the proxies need the port, but the balancer starts last. The
  // proxies read it whenever they connect.
  const entrance = { port: 0 };
  const provider = await openProvider(dir, () => entrance.port);
  const settings = { ...sharedSettings(dir), ...provider.env };
  const direct = { ...settings, LOG_LEVEL: 'error', DATABASE_URL: server.url(name) };
  const command: TestEnvironment['command'] = (task, args = []) => runCommand(task, args, direct);
  const { email, password } = options.administrator;
  await command('db:migrate');
  await command('user:create', ['--email', email, '--password', password, '--role', 'admin']);
  const database = new pg.Pool({ connectionString: direct.DATABASE_URL, max: 4, application_name: 'rig' });
  database.on('error', () => undefined);
  closers.add(() => database.end());
  await database.query(traceSchema);

  const nodeOptions = { dir, server, database: name, redis, settings };
  const apis = [await openApi('api-1', nodeOptions), await openApi('api-2', nodeOptions)];
  const workers = [await openWorker('worker-1', nodeOptions), await openWorker('worker-2', nodeOptions)];
  const nodes = [...apis, ...workers];
  const processes = [provider.process, ...nodes.map(({ process }) => process)];
  const edge = await FaultProxy.open(() => entrance.port);
  const links = [edge, ...linksOf(provider, apis, nodes)];
  closers.add(() => closeEach(links));
  for (const process of processes) {
    process.start();
    closers.add(() => process.stop());
  }
  await Promise.all(processes.map((process) => process.becomeReady()));
  const balancer = await startBalancer(apis.map(({ fromBalancer }) => fromBalancer.port));
  closers.add(() => balancer.close());
  entrance.port = balancer.port;
  const infrastructure = { dir, server, redis, provider, database, command };
  return { ...infrastructure, apis, workers, nodes, processes, edge, links };
}

const linksOf = (
  provider: Provider,
  apis: readonly ApiNode[],
  nodes: readonly ServiceNode[],
): FaultProxy[] => [
  provider.link,
  provider.webhooks,
  ...apis.map(({ fromBalancer }) => fromBalancer),
  ...nodes.flatMap(({ toDatabase, toRedis }) => [toDatabase, ...(toRedis ? [toRedis] : [])]),
];

async function closeEach(links: readonly FaultProxy[]): Promise<void> {
  await Promise.all(links.map((link) => link.close()));
}
