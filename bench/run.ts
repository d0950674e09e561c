import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { withDatabase } from '../dev/open-database.ts';
import {
  budgetsOf,
  checkBudgets,
  cpuRatios,
  readBudgets,
  withRatios,
  writeBudgets,
  type BudgetCheck,
} from './budgets.ts';
import { seededDatabase, withCopy } from './data/seed.ts';
import { serverEnvironment, withFixtures } from './fixtures.ts';
import type { Comparison } from './measurements.ts';
import type { NodeBinary } from './node-names.ts';
import { findNodes } from './nodes.ts';
import { isWhole, readOptions, type Options, type PartName } from './options.ts';
import { compare } from './parts/compare.ts';
import type { PartContext } from './parts/context.ts';
import { measureContention } from './parts/contention.ts';
import { measureFlood } from './parts/flood.ts';
import { measureGenerate } from './parts/generate.ts';
import { measureGrowth } from './parts/growth.ts';
import { measureMemory } from './parts/memory.ts';
import { measureProcesses } from './parts/processes.ts';
import { measureProfiles } from './parts/profile.ts';
import { measureStarts } from './parts/start.ts';
import { measureTests } from './parts/tests.ts';
import { measureWriters } from './parts/writers.ts';
import { buildPeers } from './peers.ts';
import type { Facts, NodeFacts } from './report/facts.ts';
import { describeMachine } from './report/machine.ts';
import { writeResults } from './report/results.ts';
import { build, folder, root, useNode } from './processes.ts';

// Compares the service with other servers and writes the results. The run fails if a measurement fails or a budget is exceeded,
// but not if a target is missed.

const poolMax = 10;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const nodes = await findNodes(options.nodes, log);
  // Check before the measurement that all budgets exist, because the measurement takes long.
  if (options.budget === 'check') for (const { version } of nodes) budgetsOf(await readBudgets(), version);
  const facts = await withDatabase(
    ({ DATABASE_URL: serverUrl = '' }) => measure(options, nodes, serverUrl),
    async () => ({ EMBEDDED_DB_DIR: join(folder, 'postgres') }),
  );
  const hasFailed = facts.nodes.some(({ failedParts }) => failedParts.length > 0);
  // Only complete runs are comparable, so only a complete run replaces the committed results.
  const isComplete = isWhole(options) && !hasFailed;
  const file =
    options.output === undefined
      ? join(isComplete ? join(root, 'bench') : folder, 'results.md')
      : resolve(options.output);
  const results = await writeResults(facts, file);
  await mkdir(folder, { recursive: true });
  await writeFile(file, results);
  process.stdout.write(`${results}\nWritten to ${relative(root, file)}.\n`);
  if (options.budget === 'update') await storeBudgets(facts);
  const exceeded = facts.nodes.flatMap(({ version, budgets = [] }) =>
    budgets
      .filter(({ isExceeded }) => isExceeded)
      .map(({ scenario, ratio, budget }) => {
        return `Node ${version}: ${scenario} takes ${ratio.toFixed(2)} × the CPU time of Express; the budget is ${budget}.`;
      }),
  );
  if (exceeded.length > 0) process.stderr.write(`${exceeded.join('\n')}\n`);
  if (hasFailed || exceeded.length > 0) process.exitCode = 1;
}

async function storeBudgets(facts: Facts): Promise<void> {
  let budgets = await readBudgets();
  for (const { version, comparison } of facts.nodes)
    if (comparison !== undefined) budgets = withRatios(budgets, version, cpuRatios(comparison));
  await writeBudgets(budgets);
}

async function measure(options: Options, nodes: readonly NodeBinary[], serverUrl: string): Promise<Facts> {
  log('Building …');
  await build();
  await buildPeers(options.servers, log);
  const startedAt = new Date();
  const machine = await describeMachine(serverUrl);
  const { name, seededInSeconds } = await seededDatabase(serverUrl, options.rows, log);
  const measured: NodeFacts[] = [];
  for (const node of nodes) {
    useNode(node);
    log(`Node ${node.version}`);
    const nodeStartedAt = performance.now();
    const found = await withCopy(serverUrl, name, (url) => {
      const environment = serverEnvironment(url, poolMax);
      return withFixtures(url, environment, (fixtures) =>
        measureParts({ options, environment, fixtures, log }, serverUrl, node),
      );
    });
    const tookSeconds = (performance.now() - nodeStartedAt) / 1_000;
    measured.push({ version: node.version, tookSeconds, ...found });
  }
  const tookSeconds = (Date.now() - startedAt.getTime()) / 1_000;
  return { options, machine, startedAt, tookSeconds, poolMax, seededInSeconds, nodes: measured };
}

/** Runs the parts one after another, so that they do not affect each other. */
async function measureParts(
  context: PartContext,
  serverUrl: string,
  { version }: NodeBinary,
): Promise<Omit<NodeFacts, 'version' | 'tookSeconds'>> {
  const failedParts: { name: PartName; reason: string }[] = [];
  // If one part fails, keep the results of the other parts.
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
  const comparison = await when('compare', () => compare(context));
  const found = {
    comparison,
    budgets: await when('compare', async () => comparison && checkTwice(context, comparison, version)),
    profiles: await when('profile', () => measureProfiles(context)),
    starts: await when('start', () => measureStarts(context)),
    flood: await when('flood', () => measureFlood(context)),
    growth: await when('growth', () => measureGrowth(context, serverUrl, poolMax)),
    processes: await when('processes', () => measureProcesses(context, poolMax)),
    writers: await when('writers', () => measureWriters(context)),
    contention: await when('contention', () => measureContention(context)),
    memory: await when('memory', () => measureMemory(context)),
    testsSeconds: await when('tests', () => measureTests(context)),
    generateCpuSeconds: await when('generate', () => measureGenerate(context)),
  };
  return { ...found, failedParts };
}

/**
 * Checks the budgets if the options demand it. Measures scenarios above their budget a second time, because other load
 * on the machine may have slowed them down.
 */
async function checkTwice(
  context: PartContext,
  comparison: Comparison,
  version: string,
): Promise<BudgetCheck[] | undefined> {
  if (context.options.budget !== 'check') return undefined;
  const budgets = budgetsOf(await readBudgets(), version);
  const first = checkBudgets(cpuRatios(comparison), budgets);
  const exceeded = first.filter(({ isExceeded }) => isExceeded).map(({ scenario }) => scenario);
  if (exceeded.length === 0) return first;
  log(`Above the budget, measuring again: ${exceeded.join(', ')}`);
  const again = await compare({ ...context, options: { ...context.options, scenarios: exceeded } });
  const second = checkBudgets(cpuRatios(again), budgets);
  return first.map((check) => second.find(({ scenario }) => scenario === check.scenario) ?? check);
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
