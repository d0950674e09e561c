import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from './client.ts';
import { gather, type Evidence } from './evidence.ts';
import { runFaults } from './faults/schedule.ts';
import { History } from './history.ts';
import { invariants } from './invariants/index.ts';
import { runLoad } from './load/load.ts';
import { administrator, populate, type World } from './load/world.ts';
import { readOptions, usage, type Options } from './options.ts';
import { becomeQuiet, healAll } from './quiescence.ts';
import { isViolated, writeReport, type Judged } from './report.ts';
import { Closers } from './stand/closers.ts';
import { openStand, type Stand } from './stand/stand.ts';

// Load on a whole service of real processes while everything around it fails; then, when all is over and at rest, what
// must hold is held against what was asked, answered and stored.

const violatedCode = 1;
const brokenCode = 2;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

async function main(options: Options, closers: Closers): Promise<boolean> {
  const started = performance.now();
  say(`Seed ${options.seed}: starting two API processes, two workers, and what they stand on.`);
  const boss = administrator();
  const stand = await openStand(
    {
      databaseUrl: process.env['TEST_DATABASE_URL'],
      redisUrl: process.env['TEST_REDIS_URL'],
      administrator: boss,
      isKept: options.keep,
    },
    closers,
  );
  const history = new History(join(stand.dir, 'history.jsonl'));
  closers.add(() => history.close());
  const world = await populate(new Client(stand.edge.port, history), boss);

  const evidence = await run(stand, world, history, options);
  const judged: Judged[] = [];
  for (const invariant of invariants) judged.push({ invariant, verdict: await invariant.check(evidence) });

  const report = writeReport({
    options,
    evidence,
    judged,
    postgres: stand.server.version,
    hasRedis: stand.redis !== null,
    ownDatabase: stand.server.restart !== undefined,
    tookSeconds: Math.round((performance.now() - started) / 1_000),
  });
  say(`\n${report}`);
  if (options.report !== undefined) await writeFile(options.report, report);
  if (options.keep) say(`Logs and history: ${stand.dir}`);
  return !judged.some(isViolated);
}

async function run(stand: Stand, world: World, history: History, options: Options): Promise<Evidence> {
  const { seed, loadSeconds: seconds, perSecond, faultEverySeconds: everySeconds, faults: kinds } = options;
  say(`${seconds} s of load and faults.`);
  const [faults] = await Promise.all([
    runFaults(stand, { seed, seconds, everySeconds, kinds }),
    runLoad(world, { seed, perSecond, seconds }),
  ]);
  say('All faults have ended; waiting for rest.');
  await healAll(stand);
  const quiescence = await becomeQuiet(stand);
  return gather(stand, world, { history, faults, quiescence });
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
