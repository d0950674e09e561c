import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { withDatabase } from '../dev/open-database.ts';
import { seededDatabase, withCopy } from './data/seed.ts';
import { serverEnvironment, withFixtures } from './fixtures.ts';
import { isWhole, readOptions, type Options, type PartName } from './options.ts';
import { compare } from './parts/compare.ts';
import type { PartContext } from './parts/context.ts';
import { measureContention } from './parts/contention.ts';
import { measureFlood } from './parts/flood.ts';
import { measureGrowth } from './parts/growth.ts';
import { measureMemory } from './parts/memory.ts';
import { measureProcesses } from './parts/processes.ts';
import { measureStarts } from './parts/start.ts';
import { measureTests } from './parts/tests.ts';
import { measureWriters } from './parts/writers.ts';
import type { Facts } from './report/facts.ts';
import { describeMachine } from './report/machine.ts';
import { writeResults } from './report/results.ts';
import { build, folder, root } from './processes.ts';

// Compares the service with minimal servers and writes the results. The run fails if a measurement fails, but not if a
// target is missed.

const poolMax = 10;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const facts = await withDatabase(
    ({ DATABASE_URL: serverUrl = '' }) => measure(options, serverUrl),
    async () => ({ EMBEDDED_DB_DIR: join(folder, 'postgres') }),
  );
  // Only complete runs are comparable, so only a complete run replaces the committed results.
  const isComplete = isWhole(options) && facts.failedParts.length === 0;
  const file = join(isComplete ? join(root, 'bench') : folder, 'results.md');
  const results = await writeResults(facts, file);
  await mkdir(folder, { recursive: true });
  await writeFile(file, results);
  process.stdout.write(`${results}\nWritten to ${relative(root, file)}.\n`);
  if (facts.failedParts.length > 0) process.exitCode = 1;
}

async function measure(options: Options, serverUrl: string): Promise<Facts> {
  log('Building …');
  await build();
  const startedAt = new Date();
  const machine = await describeMachine(serverUrl);
  const { name, seededInSeconds } = await seededDatabase(serverUrl, options.rows, log);
  const found = await withCopy(serverUrl, name, (url) => {
    const environment = serverEnvironment(url, poolMax);
    return withFixtures(url, environment, (fixtures) =>
      measureParts({ options, environment, fixtures, log }, serverUrl),
    );
  });
  const tookSeconds = (Date.now() - startedAt.getTime()) / 1_000;
  return { options, machine, startedAt, tookSeconds, poolMax, seededInSeconds, ...found };
}

type Found = Pick<
  Facts,
  | 'failedParts'
  | 'comparison'
  | 'starts'
  | 'flood'
  | 'growth'
  | 'processes'
  | 'writers'
  | 'contention'
  | 'memory'
  | 'testsSeconds'
>;

/** Runs the parts one after another, so that they do not affect each other. */
async function measureParts(context: PartContext, serverUrl: string): Promise<Found> {
  const failedParts: { name: PartName; reason: string }[] = [];
  // If one part fails, keep the results of the others.
  const when = async <T>(name: PartName, work: () => Promise<T>): Promise<T | undefined> => {
    if (!context.options.parts.has(name)) return undefined;
    try {
      return await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(`"${name}" could not be measured: ${reason}`);
      failedParts.push({ name, reason });
      return undefined;
    }
  };
  const found = {
    comparison: await when('compare', () => compare(context)),
    starts: await when('start', () => measureStarts(context)),
    flood: await when('flood', () => measureFlood(context)),
    growth: await when('growth', () => measureGrowth(context, serverUrl, poolMax)),
    processes: await when('processes', () => measureProcesses(context, poolMax)),
    writers: await when('writers', () => measureWriters(context)),
    contention: await when('contention', () => measureContention(context)),
    memory: await when('memory', () => measureMemory(context)),
    testsSeconds: await when('tests', () => measureTests(context)),
  };
  return { ...found, failedParts };
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
