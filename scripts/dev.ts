import { setTimeout as sleep } from 'node:timers/promises';
import { type Environment, loadEnvironment } from '../src/config/environment.ts';
import { productName } from '../src/config/product-name.ts';
import { readCommandLine } from '../src/utils/command-line.ts';
import { openDatabase } from '../dev/open-database.ts';
import { onceParentsGone } from '../dev/watch-parent.ts';
import { findPort } from '../dev/port.ts';
import { type ReloadingService, startReloading } from '../dev/reload.ts';
// #region payments
import { sandboxSettings } from '../dev/sandbox/launch-settings.ts';
// #endregion
import { loadWithSecrets } from '../dev/secrets.ts';

readCommandLine(
  `Starts the service with a database and demo data, and reloads it on changes, until Ctrl-C:
  npm run dev
It takes no options. Settings come from the environment and .env.local, for example PORT=3001 npm run dev.
`,
  {},
);

const readyPollMs = 200;

const closers: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

async function main(): Promise<void> {
  const settings = loadEnvironment('development');
  if (settings['NODE_ENV'] !== 'development')
    throw new Error(
      `\`npm run dev\` is for development, but NODE_ENV is ${settings['NODE_ENV'] ?? ''}. Unset NODE_ENV, or run \`npm run build && npm start\`.`,
    );
  stopOnSignals(settings['npm_lifecycle_event'] !== undefined);
  const host = settings['HOST'] || '0.0.0.0';
  const port = await findPort(host, settings['PORT'] || '3000');

  // Use any free port for the worker, because in development nothing connects to its port.
  const workerPort = settings['WORKER_PORT'] || '0';
  if (workerPort !== '0') await findPort(host, workerPort, 'WORKER_PORT');
  const given: Environment = { PORT: String(port), WORKER_PORT: workerPort };
  const programs: [string, ...string[]] = ['src/server.ts', 'src/worker.ts'];
  // #region payments
  Object.assign(given, await sandboxSettings(settings, addressOf(host, port)));
  if (given['SANDBOX_PORT'] !== undefined) programs.push('dev/sandbox/server.ts');
  // #endregion
  const opening = openDatabase({ ...(await loadWithSecrets()), ...given }, print);
  closers.push(async () => (await opening.catch(() => null))?.stop());
  // Load the commands while the database starts, because both are slow.
  const [{ environment }, { runCommand }] = await Promise.all([opening, import('../src/cli.ts')]);
  await runCommand('db:migrate', [], environment);
  await runCommand('db:seed', [], environment);
  if (stopping) return;

  const address = addressOf(host, port);
  const service = startReloading(programs, environment, print, () => answers(`${address}/health/live`));
  closers.push(() => service.stop());
  if (await becomesReady(service, address)) await welcome(environment, port);
}

function stopOnSignals(isUnderNpm: boolean): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  onceParentsGone(isUnderNpm, () => stop(0));
}

// Close in reverse order: the server first, then the database.
function stop(exitCode: number): void {
  stopping ??= (async () => {
    // Ignore errors from here on. The database cuts its connections when it stops, and the resulting error must not end
    // this process before everything is closed.
    process.on('uncaughtException', () => {});
    let code = exitCode;
    for (const close of closers.reverse()) {
      await close().catch((error: unknown) => {
        code = 1;
        printError(error);
      });
    }
    process.exit(code);
  })();
}

async function becomesReady(service: ReloadingService, address: string): Promise<boolean> {
  while (!stopping) {
    if (service.isRunning() && (await answers(`${address}/health/ready`)) && service.isRunning()) return true;
    await sleep(readyPollMs);
  }
  return false;
}

async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, {
      signal: AbortSignal.timeout(2_000),
      headers: { connection: 'close' },
    });
    return status === 200;
  } catch {
    return false;
  }
}

async function welcome(environment: Environment, port: number): Promise<void> {
  const { demoUsers } = await import('../src/api/users/user.seed.ts');
  const address = environment['PUBLIC_URL'] || `http://localhost:${port}`;
  const width = Math.max(...demoUsers.map(({ email }) => email.length));
  const signIns = demoUsers.map(
    ({ email, password, roles }) => `    ${email.padEnd(width)}  ${password}  (${roles.join(', ')})`,
  );
  print(
    [
      '',
      `  ${productName.padEnd(10)}  ${address}`,
      `  API docs    ${address}/docs`,
      `  Mails       ${address}/dev/mail`,
      '  Sign in as',
      ...signIns,
      '  Stop with Ctrl-C',
      '',
    ].join('\n'),
  );
}

function addressOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printError(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

main().catch((error: unknown) => {
  if (stopping) return;
  printError(error);
  stop(1);
});
