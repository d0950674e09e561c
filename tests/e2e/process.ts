import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Environment } from '../../src/config/environment.ts';
import { reapChild } from '../../dev/embedded/reap.ts';
import { testEnvironment, generousTimeoutMs } from '../helpers/config.ts';

const root = join(import.meta.dirname, '../..');
const loader = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;

// Run outside the repository, so that a developer's `.env` files have no effect.
const directory = tmpdir();

/** How a process ended, and what it printed. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running process of the service. */
export interface RunningProcess {
  readonly exited: Promise<ProcessExit>;
  readonly stdout: () => string;
  /** Resolves as soon as standard output contains `text`. Rejects if the process ends first, or after ten minutes. */
  wrote(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Sends a signal to the process and to all its children, as a terminal does. */
  signalAll(name: NodeJS.Signals): void;
}

type Entry = 'server' | 'worker' | 'cli';

/**
 * Returns the arguments of Node for an entry point. If TEST_BUILT=true, runs the build, which starts twice as fast as
 * the source.
 */
const fileOf = (entry: Entry): string[] =>
  process.env['TEST_BUILT'] === 'true'
    ? [join(root, `dist/${entry}.js`)]
    : ['--import', loader, join(root, `src/${entry}.ts`)];

/** Starts an entry point of the service. Its environment contains only PATH, TSX_TSCONFIG_PATH and `env`. */
export const start = (entry: Entry, args: readonly string[], env: Environment): RunningProcess =>
  startNode([...fileOf(entry), ...args], directory, {
    PATH: process.env['PATH'],
    TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
    ...env,
  });

/** Starts Node in a folder with these arguments. Its environment contains only the variables in `env`. */
export function startNode(args: readonly string[], folder: string, env: Environment): RunningProcess {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Start it in its own process group, so that `signalAll` can reach its children.
    detached: true,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  reapChild(child);
  let hasEnded = false;
  const exited = new Promise<ProcessExit>((resolve) => {
    child.once('close', (code, signal) => {
      hasEnded = true;
      resolve({ code, signal, ...output });
    });
  });
  return {
    exited,
    stdout: () => output.stdout,
    wrote: (text) =>
      until(() => {
        if (output.stdout.includes(text)) return true;
        if (hasEnded)
          throw new Error(`The process ended without writing "${text}": ${output.stdout}${output.stderr}`);
        return false;
      }),
    signal: (name) => child.kill(name),
    signalAll: (name) => process.kill(-(child.pid ?? 0), name),
  };
}

/** Runs a process to its end. */
export const run = (entry: Entry, args: readonly string[], env: Environment): Promise<ProcessExit> =>
  start(entry, args, env).exited;

/** Waits until the condition holds. Throws after ten minutes. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + generousTimeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Timed out waiting for ${condition.toString()}`);
    await sleep(10);
  }
}

const secret = (): string => randomBytes(48).toString('base64');

/** Returns the test environment for this database. */
export const testEnvironmentOn = (databaseUrl: string, settings: Environment = {}): Environment => ({
  ...testEnvironment,
  HOST: '127.0.0.1',
  DATABASE_URL: databaseUrl,
  ...settings,
});

/** Returns an environment that production accepts, for this database. */
export function productionEnvironmentOn(databaseUrl: string, settings: Environment = {}): Environment {
  // Pass the password as PGPASSWORD, which pg also reads, because production refuses some passwords in DATABASE_URL.
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return {
    HOST: '127.0.0.1',
    DATABASE_URL: url.href,
    ...(password !== '' && { PGPASSWORD: password }),
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
    BCRYPT_COST: '10',
    SLOW_QUERY_MS: '0',
    SLOW_LOOP_MS: '0',
    ...settings,
  };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a GET request. */
export const get = (port: number, path: string, agent?: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, ...(agent && { agent }) };
    const req = request(options, (res) => {
      let body = '';
      res.on('data', (chunk: Buffer) => (body += chunk.toString()));
      res.on('end', () => {
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body });
      });
      res.on('error', reject);
    });
    req.on('error', reject);
    req.end();
  });
