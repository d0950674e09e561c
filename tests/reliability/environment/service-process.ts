import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { reapChild } from '../../../dev/embedded/reap.ts';

const root = join(import.meta.dirname, '../../..');
const loader = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;

const readyWithinMs = 60_000;
const respawnMs = 500;

/** A line of a JSON log. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly requestId?: string;
  readonly code?: string;
}

/** The unexpected end of a process. */
export interface Crash {
  readonly process: string;
  /** When the process crashed, as `Date.now()` of the test process. */
  readonly atMs: number;
  readonly how: string;
  /**
   * True if the process was ready before the crash. A process that is still starting may exit, for example without a
   * database.
   */
  readonly wasReady: boolean;
}

interface ServiceProcessOptions {
  readonly name: string;
  /** The path from the root of the repository, such as `src/server.ts`. */
  readonly entry: string;
  readonly preload?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** The request that shows whether the process is ready; `/health/ready` by default. */
  readonly ready?: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
  readonly cwd: string;
}

/** A process that is started again whenever it ends. */
export class ServiceProcess {
  readonly errors: LogLine[] = [];
  readonly crashes: Crash[] = [];
  #child: ChildProcess | undefined;
  #isReady = false;
  #isKilled = false;
  #isStopped = false;
  #isPaused = false;

  constructor(private readonly options: ServiceProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  get port(): number {
    return this.options.port;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  start(): void {
    const { name, entry, preload = [], env, cwd } = this.options;
    const imports = [loader, ...preload].flatMap((url) => ['--import', url]);
    const child = spawn(process.execPath, [...imports, join(root, entry)], {
      cwd,
      env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    reapChild(child);
    this.#child = child;
    this.#isReady = false;
    this.#isKilled = false;
    this.#isPaused = false;
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#read(line);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      appendFileSync(join(cwd, `${name}.log`), chunk);
    });
    child.once('close', (code, signal) => {
      this.#ended(signal ?? `exit code ${code ?? 'unknown'}`);
    });
  }

  /** Resolves once the process is ready. Throws after one minute. */
  async becomeReady(): Promise<void> {
    const deadline = performance.now() + readyWithinMs;
    while (!(await isReady(this.options))) {
      if (performance.now() > deadline)
        throw new Error(`${this.name} did not become ready: see ${join(this.options.cwd, this.name)}.log.`);
      await sleep(100);
    }
    this.#isReady = true;
  }

  /** Kills the process, as if its machine failed. It is then started again. */
  kill(): void {
    this.#isKilled = true;
    this.#child?.kill('SIGKILL');
  }

  /** Pauses the process with SIGSTOP, as if its machine was too busy to run it. */
  pause(): void {
    this.#isPaused = true;
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#isPaused = false;
    this.#child?.kill('SIGCONT');
  }

  /** Stops the process and does not start it again. Sends SIGTERM, and SIGKILL after 15 s. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const forced = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await closed;
    clearTimeout(forced);
  }

  #read(line: string): void {
    appendFileSync(join(this.options.cwd, `${this.name}.log`), `${line}\n`);
    const parsed = parseLine(line);
    if (parsed?.level === 'error') this.errors.push(parsed);
    if (parsed?.message.startsWith('Listening on') === true || parsed?.message === 'Working.')
      this.#isReady = true;
  }

  #ended(how: string): void {
    if (this.#isStopped) return;
    if (!this.#isKilled)
      this.crashes.push({ process: this.name, atMs: Date.now(), how, wasReady: this.#isReady });
    setTimeout(() => {
      if (!this.#isStopped) this.start();
    }, respawnMs);
  }
}

function parseLine(line: string): LogLine | null {
  try {
    const parsed = JSON.parse(line) as LogLine;
    return typeof parsed.level === 'string' && typeof parsed.message === 'string' ? parsed : null;
  } catch {
    return null;
  }
}

const isReady = ({
  port,
  ready = { path: '/health/ready', headers: {} },
}: Pick<ServiceProcessOptions, 'port' | 'ready'>): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, ...ready, timeout: 2_000, agent: false });
    request.on('response', (res) => {
      res.resume();
      resolve(res.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      resolve(false);
    });
  });
