import cluster, { type Worker } from 'node:cluster';
import type { Logger } from '../core/ports.ts';
import { hardDeadlineMs } from './shutdown.ts';

const backoffMs = 1_000;
const maxBackoffMs = 30_000;
const started = 'started';

/** Tells the primary process, if there is one, that this process now serves requests. */
export function reportStarted(): void {
  cluster.worker?.send(started);
}

/**
 * Runs this program in several processes that share one port, and replaces processes that exit. The first process
 * starts alone. If it fails to start, the failure is reported once and the primary process exits too.
 */
export function runClusterPrimary(processes: number, logger: Logger): void {
  const serving = new Set<Worker>();
  let failures = 0;
  let exitCode = 0;
  let isStopping = false;

  // The list still contains a dead process until its channel is closed, so filter it out.
  const alive = (): Worker[] =>
    Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker?.isDead() === false);
  const forkMissing = (): void => {
    if (isStopping) return;
    const wanted = serving.size === 0 ? 1 : processes;
    for (let count = alive().length; count < wanted; count += 1) cluster.fork();
  };
  const killAll = (): never => {
    for (const worker of alive()) worker.process.kill('SIGKILL');
    process.exit(1);
  };

  cluster.on('message', (worker, message) => {
    if (message !== started) return;
    serving.add(worker);
    failures = 0;
    forkMissing();
  });
  cluster.on('exit', (worker, code: number | null, signal: string | null) => {
    const hasServed = serving.delete(worker);
    if (isStopping) {
      if (hasServed && code !== 0) exitCode = 1;
      if (alive().length === 0) process.exit(exitCode);
      return;
    }
    // Exit without a message, because the process has already printed the reason. The supervisor decides whether to
    // start the service again.
    if (!hasServed && alive().length === 0) process.exit(code ?? 1);
    failures += hasServed ? 0 : 1;
    const waitMs = Math.min(backoffMs * 2 ** failures, maxBackoffMs);
    logger.warn('A process of the service exited; it is replaced.', {
      event: 'cluster.exit',
      endedPid: worker.process.pid,
      code,
      signal,
      waitMs,
    });
    setTimeout(forkMissing, waitMs);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) killAll();
      isStopping = true;
      logger.info(`${signal}: stopping ${alive().length} processes.`);
      if (alive().length === 0) process.exit(0);
      for (const worker of alive()) worker.process.kill('SIGTERM');
      setTimeout(killAll, hardDeadlineMs);
    });
  }
  forkMissing();
}
