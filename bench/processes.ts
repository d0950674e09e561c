import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Environment } from '../src/config/environment.ts';
import { findPort } from '../dev/port.ts';
import { reapChild } from '../dev/embedded/reap.ts';
import { isHealthy } from './health.ts';
import type { Job, Outcome } from './load/job.ts';
import type { NodeBinary } from './node-names.ts';
import { peerNames, type ServerName } from './options.ts';
import type { Question, Usage } from './servers/control.ts';

export const root = resolve(import.meta.dirname, '..');
/** The folder for all files of a run, except the results that are committed. */
export const folder = join(root, '.data/bench');
const built = join(folder, 'build');
const moduleIn = (path: string): string => pathToFileURL(join(built, path)).href;
const dist = join(root, 'dist');
const peersBuilt = join(folder, 'peers/dist');
const readyMs = 30_000;

// A module variable, so that all servers of a round run on the same Node, whichever part of the run starts them.
let serverNode: Pick<NodeBinary, 'path' | 'binFolder'> | undefined;

/** Sets the Node that runs all servers and npm scripts from now on. */
export function useNode(node: NodeBinary): void {
  serverNode = node;
}

/** Returns a PATH on which the command `node` is the Node that runs the servers. */
export const serverPath = (): string =>
  [serverNode?.binFolder, process.env['PATH']].filter((part) => part !== undefined).join(delimiter);

const children = new Set<ChildProcess>();
// Kill the servers on these signals. They stop the embedded database too, and a running server would log errors without
// it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of children) child.kill('SIGKILL');
  });
}

/** Remembers a process as long as it runs. */
function keep(child: ChildProcess): ChildProcess {
  children.add(child);
  reapChild(child);
  return child.once('exit', () => children.delete(child));
}

/** Builds the service and the other servers. If that fails, throws an error with the compiler's output. */
export async function build(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await run('npm', ['run', 'build', '--silent']);
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.build.json']);
}

/** Runs a command, by default in the clone, and returns its output. If it fails, throws an error with the output. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Environment } = {},
): Promise<string> {
  const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output.slice(-4_000)}`);
  return output;
}

/** A server in a separate process. */
export interface RunningServer {
  readonly name: ServerName;
  readonly origin: string;
  /** How long it took from the start of the process to its first response, in ms. */
  readonly startMs: number;
  usage(): Promise<Usage>;
  /** Records a CPU profile until the returned function writes it to a file. */
  profile(): Promise<(file: string) => Promise<void>>;
  stop(): Promise<void>;
}

interface StartOptions {
  readonly environment: Environment;
  /** True if the server collects garbage before it reports its memory. */
  readonly hasGc?: boolean;
  /** Files of the build to load before the server. */
  readonly preload?: readonly string[];
}

/** Starts a server on a free loopback port and waits for its first response. */
export async function startServer(
  name: ServerName,
  { environment, hasGc = false, preload = [] }: StartOptions,
): Promise<RunningServer> {
  const port = await findPort('127.0.0.1', '0');
  const isStrata = name === 'strata';
  const preloaded = [
    moduleIn('servers/control.js'),
    ...(isStrata ? [moduleIn('servers/guarded-products.js')] : []),
    ...preload.map(moduleIn),
  ];
  // Write stdout to a file, as in production. Show stderr.
  const log = openSync(join(folder, `${name}.log`), 'w');
  const startedAt = performance.now();
  const child = fork(entryOf(name), [], {
    ...(serverNode !== undefined && { execPath: serverNode.path }),
    // Run outside the clone, so that the server ignores the .env files of the clone.
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      BENCH_DIST: pathToFileURL(dist).href,
      ...environment,
      PORT: String(port),
    },
    execArgv: [...(hasGc ? ['--expose-gc'] : []), ...preloaded.flatMap((url) => ['--import', url])],
    stdio: ['ignore', log, 'inherit', 'ipc'],
    // Use JSON between different versions of Node, because one may not read what the other serializes with `advanced`.
    serialization: 'json',
  });
  keep(child);
  closeSync(log);
  const origin = `http://127.0.0.1:${port}`;
  await answers(child, `${origin}${isStrata ? '/health/ready' : '/api/v1/products?limit=1'}`, name);
  const startMs = performance.now() - startedAt;
  return {
    name,
    origin,
    startMs,
    usage: () => ask(child, 'usage') as Promise<Usage>,
    profile: async () => {
      await ask(child, 'profile');
      return async (file) => {
        await ask(child, { writeProfileTo: file });
      };
    },
    stop: () => end(child),
  };
}

/** Returns the file that starts a server. */
function entryOf(name: ServerName): string {
  if (name === 'strata') return join(dist, 'server.js');
  const isPeer = peerNames.some((peer) => peer === name);
  return isPeer ? join(peersBuilt, `${name}.js`) : join(built, `servers/${name}.js`);
}

async function answers(child: ChildProcess, url: string, name: string): Promise<void> {
  const deadline = performance.now() + readyMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The server "${name}" ended before its first response; see its output above.`);
    if (await isHealthy(url)) return;
    await sleep(10);
  }
  await end(child);
  throw new Error(`The server "${name}" did not respond to ${url} within ${readyMs / 1_000} s.`);
}

/** Sends a message to a process and returns the answer. Throws if the process ends first. */
function ask(child: ChildProcess, question: Job | Question): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const answered = (message: unknown) => {
      child.off('exit', ended);
      resolve(message);
    };
    const ended = () => {
      child.off('message', answered);
      reject(new Error(`${child.spawnfile} ended during a measurement; see its output above.`));
    };
    child.once('message', answered).once('exit', ended);
    child.send(question);
  });
}

// Kills the process without a graceful shutdown, which would wait for load balancers. The process has no state to save.
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** The load generator in a separate process. Runs one job at a time. */
export interface LoadGenerator {
  run(job: Job): Promise<Outcome>;
  stop(): Promise<void>;
}

export async function startLoad(): Promise<LoadGenerator> {
  const child = fork(join(built, 'load/load.js'), [], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Outcomes can contain NaN, which `advanced` can transfer and JSON cannot.
    serialization: 'advanced',
  });
  keep(child);
  await once(child, 'message');
  return {
    run: (job) => ask(child, job) as Promise<Outcome>,
    stop: () => end(child),
  };
}
