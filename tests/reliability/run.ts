import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from './client.ts';
import { collectEvidence, type Evidence } from './evidence.ts';
import { runFaults } from './faults/schedule.ts';
import { History } from './history.ts';
import { invariants } from './invariants/index.ts';
import { runLoad } from './load/load.ts';
import { administrator, populate, type World } from './load/world.ts';
import { readOptions, usage, type Options } from './options.ts';
import { waitUntilQuiet, healAll } from './quiescence.ts';
import { isViolated, writeReport, type CheckedInvariant } from './report.ts';
import { Closers } from './environment/closers.ts';
import { openEnvironment, type TestEnvironment } from './environment/environment.ts';

// Sends requests to real processes of the service while faults are injected. When the service no longer works on
// anything, checks the invariants against the requests, the responses and the stored data.

const violatedCode = 1;
const brokenCode = 2;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

async function main(options: Options, closers: Closers): Promise<boolean> {
  const started = performance.now();
  print(`Seed ${options.seed}: starting two API processes, two workers and their dependencies.`);
  const administratorAccount = administrator();
  const environment = await openEnvironment(
    {
      databaseUrl: process.env['TEST_DATABASE_URL'],
      redisUrl: process.env['TEST_REDIS_URL'],
      administrator: administratorAccount,
      isKept: options.keep,
    },
    closers,
  );
  const history = new History(join(environment.dir, 'history.jsonl'));
  closers.add(() => history.close());
  const world = await populate(new Client(environment.edge.port, history), administratorAccount);

  const evidence = await run(environment, world, history, options);
  const judged: CheckedInvariant[] = [];
  for (const invariant of invariants) judged.push({ invariant, verdict: await invariant.check(evidence) });

  const report = writeReport({
    options,
    evidence,
    judged,
    postgres: environment.server.version,
    hasRedis: environment.redis !== null,
    ownDatabase: environment.server.restart !== undefined,
    tookSeconds: Math.round((performance.now() - started) / 1_000),
  });
  print(`\n${report}`);
  if (options.report !== undefined) await writeFile(options.report, report);
  if (options.keep) print(`Logs and history: ${environment.dir}`);
  return !judged.some(isViolated);
}

async function run(
  environment: TestEnvironment,
  world: World,
  history: History,
  options: Options,
): Promise<Evidence> {
  const { seed, loadSeconds: seconds, perSecond, faultEverySeconds: everySeconds, faults: kinds } = options;
  print(`${seconds} s of load and faults.`);
  const [faults] = await Promise.all([
    runFaults(environment, { seed, seconds, everySeconds, kinds }),
    runLoad(world, { seed, perSecond, seconds }),
  ]);
  print('All faults have ended. Waiting until the service is quiet.');
  await healAll(environment);
  const quiescence = await waitUntilQuiet(environment);
  return collectEvidence(environment, world, { history, faults, quiescence });
}

const closers = new Closers();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void closers.closeAll().then(() => process.exit(brokenCode));
  });
try {
  const isSound = await main(readOptions(process.argv.slice(2)), closers);
  process.exitCode = isSound ? 0 : violatedCode;
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n${usage}\n`,
  );
  process.exitCode = brokenCode;
}
await closers.closeAll();
process.exit();
