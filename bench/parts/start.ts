import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isHealthy } from '../health.ts';
import type { Environment } from '../../src/config/environment.ts';
import { findPort } from '../../dev/port.ts';
import { median } from '../load/statistics.ts';
import { folder, root, serverPath, startServer } from '../processes.ts';
import type { PartContext } from './context.ts';

/** How long it takes from the start of a process to its first response, in ms. */
export interface Starts {
  readonly builtFirstMs: number;
  readonly builtLaterMs: number;
  readonly builtLaterCount: number;
  /** `npm run dev` without an existing database: it creates the database, migrates it and adds the demo data. */
  readonly devFirstMs: number;
  readonly devLaterMs: number;
}

const laterCount = 5;
const devReadyMs = 120_000;

export async function measureStarts({ environment, log }: PartContext): Promise<Starts> {
  log('Starting the built service');
  const built: number[] = [];
  for (let count = 0; count <= laterCount; count += 1) {
    const server = await startServer('strata', { environment });
    built.push(server.startMs);
    await server.stop();
  }
  const [builtFirstMs = Number.NaN, ...later] = built;
  const databaseDir = join(folder, 'dev');
  await rm(databaseDir, { recursive: true, force: true });
  log('Starting npm run dev');
  const devFirstMs = await measureDev(databaseDir);
  const devLaterMs = await measureDev(databaseDir);
  await rm(databaseDir, { recursive: true, force: true });
  return { builtFirstMs, builtLaterMs: median(later), builtLaterCount: laterCount, devFirstMs, devLaterMs };
}

/** Measures `npm run dev` with default settings. Settings in files of this clone are overridden with empty values. */
async function measureDev(databaseDir: string): Promise<number> {
  const port = await findPort('127.0.0.1', '0');
  const secret = () => randomBytes(48).toString('base64');
  const environment: Environment = {
    ...process.env,
    PATH: serverPath(),
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: String(port),
    EMBEDDED_DB_DIR: databaseDir,
    MAIL_KEPT_DIR: join(databaseDir, 'mail'),
    DATABASE_URL: '',
    REDIS_URL: '',
    SMTP_URL: '',
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
  };
  const startedAt = performance.now();
  const child = spawn('npm', ['run', 'dev'], {
    cwd: root,
    env: environment,
    // Start npm in its own process group, because npm does not forward every signal to its children.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = once(child, 'close');
  try {
    await becomesReady(`http://127.0.0.1:${port}/health/ready`, () => output);
    return performance.now() - startedAt;
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await closed;
  }
}

async function becomesReady(url: string, output: () => string): Promise<void> {
  const deadline = performance.now() + devReadyMs;
  while (performance.now() < deadline) {
    if (await isHealthy(url)) return;
    await sleep(20);
  }
  throw new Error(`npm run dev did not respond within ${devReadyMs / 1_000} s:\n${output()}`);
}
