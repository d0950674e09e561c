import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import type { Environment } from '../src/config/environment.ts';
import { reapChild } from './embedded/reap.ts';

const root = resolve(import.meta.dirname, '..');
const quietMs = 100;
const readyPollMs = 50;
const reloadDeadlineMs = 5_000;
// The time that the server has to stop. It is longer than the 20 s in which the server exits.
const stopDeadlineMs = 25_000;

/** Runs the service in separate processes and restarts them after each change of the source. */
export interface ReloadingService {
  isRunning(): boolean;
  /** Stops the processes and waits for them. */
  stop(): Promise<void>;
}

/**
 * Starts the server and waits until `isReady` returns true. Then starts the other processes and watches `src` for
 * changes.
 */
export function startReloading(
  entries: readonly [server: string, ...others: string[]],
  environment: Environment,
  log: (line: string) => void,
  isReady: () => Promise<boolean>,
): ReloadingService {
  let isStopping = false;
  let isEnding = false;
  let hasChanged = true;
  let quiet: NodeJS.Timeout | undefined;
  let children: ChildProcess[] = [];
  let reloading: Promise<void> | undefined;
  reloadOnce();

  function reloadOnce(): void {
    reloading ??= reload().finally(() => (reloading = undefined));
  }

  async function reload(): Promise<void> {
    while (hasChanged && !isStopping) {
      hasChanged = false;
      await endChildren(reloadDeadlineMs);
      await launchAll(...entries);
    }
  }

  // Starts the server alone, so that it has all cores for itself and a saved change is visible as early as possible.
  async function launchAll(first: string, ...others: string[]): Promise<void> {
    const isSuperseded = () => isStopping || hasChanged;
    if (isSuperseded()) return;
    const server = launch(first);
    children = [server];
    while (isAlive(server) && !(await isReady())) {
      if (isSuperseded()) return;
      await sleep(readyPollMs);
    }
    if (isAlive(server) && !isSuperseded()) children.push(...others.map(launch));
  }

  function launch(entry: string): ChildProcess {
    const started = launchEntry(entry, environment);
    reapChild(started);
    // Handle a failed start, which happens if the clone was deleted, for example.
    started.on('error', ({ message }) => {
      log(`${entry} could not be started: ${message}`);
    });
    started.on('exit', (code, signal) => {
      if (isEnding) return;
      log(`${entry} ended (${signal ?? `exit code ${code}`}). It restarts after the next change in src.`);
    });
    return started;
  }

  async function endChildren(deadlineMs: number): Promise<void> {
    isEnding = true;
    await Promise.all(children.map((child) => end(child, deadlineMs)));
    isEnding = false;
  }

  // Wait for the last of several changes before reloading, because editors and version control change many files at
  // once.
  const watcher = watch(resolve(root, 'src'), {
    ignoreInitial: true,
    ignored: (path) => path.endsWith('.test.ts'),
  });
  watcher.on('all', (_event, path) => {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      log(`${relative(root, path)} changed: restarting.`);
      hasChanged = true;
      reloadOnce();
    }, quietMs);
  });

  return {
    isRunning: () => !reloading && children.every(isAlive),
    stop: async () => {
      isStopping = true;
      clearTimeout(quiet);
      await watcher.close();
      await reloading;
      await endChildren(stopDeadlineMs);
    },
  };
}

function launchEntry(entry: string, environment: Environment): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', entry], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    // Start the server in its own process group. Otherwise, it would receive Ctrl-C in addition to the signal that is
    // sent here, and a second signal makes it exit immediately.
    detached: true,
  });
}

async function end(child: ChildProcess, deadlineMs: number): Promise<void> {
  if (!isAlive(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  await ended;
  clearTimeout(deadline);
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
