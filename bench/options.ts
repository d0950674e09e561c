import { readCommandLine } from '../src/utils/command-line.ts';
import { parseNode, type NodeName } from './node-names.ts';

/** The parts of a run. All except `memory` run by default. */
export const partNames = [
  'compare',
  'profile',
  'start',
  'flood',
  'growth',
  'processes',
  'writers',
  'contention',
  'memory',
  'tests',
  'generate',
] as const;
export type PartName = (typeof partNames)[number];

/** The servers on TypeORM have packages of their own in bench/peers. */
export const peerNames = ['typeorm', 'nest'] as const;
export const serverNames = ['limit', 'express', 'fastify', ...peerNames, 'strata'] as const;
export type ServerName = (typeof serverNames)[number];

/** The options of a run. */
export interface Options {
  /** The Node versions or binaries to measure on. If empty, measures on the running Node. */
  readonly nodes: readonly NodeName[];
  readonly rows: number;
  readonly rounds: number;
  /** How long each server is measured at one pace, in seconds. */
  readonly seconds: number;
  /** How long each scenario loads each server before the first round, in seconds, so that V8 has optimized the code. */
  readonly firstWarmUpSeconds: number;
  /** How long a server is loaded before each measurement, in seconds. */
  readonly warmUpSeconds: number;
  readonly memoryMinutes: number;
  readonly isQuick: boolean;
  /** True to measure latencies at a constant rate too. */
  readonly hasLatency: boolean;
  readonly parts: ReadonlySet<PartName>;
  readonly servers: readonly ServerName[];
  /** The ids of the scenarios to compare. If this is empty, all scenarios run. */
  readonly scenarios: readonly string[];
  /** `check` fails if a ratio exceeds its budget; `update` stores the ratios of this run as budgets. */
  readonly budget: 'check' | 'update' | undefined;
  /** The file for the results, if it is not the default. */
  readonly output: string | undefined;
}

const defaultMemoryMinutes = 30;
/** The scenarios whose ratio to Express is limited by bench/budgets.json. */
export const budgetScenarios = ['guarded-product', 'guarded-list', 'guarded-cursor', 'order', 'refresh'];
// A quick run omits `login`, which is slow on purpose, and each scenario that is similar to one in this list.
const quickScenarios = [...budgetScenarios, 'cursor-0', 'search-three'];
const wholeParts = partNames.filter((name) => name !== 'memory');

export const usage = `npm run bench -- [options]
  --quick        runs 3 short rounds of the faster comparisons on 50,000 rows, in under 3 minutes
  --aims         compares what the targets name, with profiles, writers and contention, in under 12 minutes per Node
  --node A,B     runs the servers on these Node versions (such as 24, installed on demand) or binaries (paths)
  --rows N       sets the number of products and of orders (default: 1000000)
  --rounds N     sets the number of rounds (default: 5)
  --seconds N    sets the duration of each measurement (default: 4)
  --warm-up N    sets the seconds of load before the first round, for each scenario and server (default: 8)
  --servers A,B  selects from ${serverNames.join(', ')} (default: all; strata is always included)
  --scenarios A  selects scenarios by id, such as guarded-product,guarded-list,order (default: all)
  --compare      compares all servers on every scenario
  --profile      measures the CPU time of each package during each read by a signed-in user
  --start        measures the start time of the service
  --flood        measures other routes during ten times more sign-ins than the machine can hash
  --growth       measures lists, searches and orders from 1,000 rows up, in steps of ten times
  --processes    compares one process of the service with two
  --writers      compares 32 concurrent writers with and without wake-ups of the workers
  --contention   sells one product to many buyers at once
  --tests        measures the duration of the test suite
  --generate     measures the CPU time of generating a module
  --minutes N    measures memory during N minutes of load (only if given)
  --budget       fails if a CPU ratio is more than 15 % above bench/budgets.json, also when measured again
  --update-budgets  stores the CPU ratios of this run in bench/budgets.json
  --output FILE  writes the results to this file
If parts are named, only those run. A complete run writes bench/results.md, any other .data/bench/results.md.`;

/** Parses the command line. Throws an error that names an invalid value. */
export function readOptions(args: readonly string[]): Options {
  const config = {
    options: {
      quick: { type: 'boolean', default: false },
      aims: { type: 'boolean', default: false },
      node: { type: 'string' },
      rows: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      servers: { type: 'string' },
      scenarios: { type: 'string' },
      minutes: { type: 'string' },
      compare: { type: 'boolean' },
      profile: { type: 'boolean' },
      start: { type: 'boolean' },
      flood: { type: 'boolean' },
      growth: { type: 'boolean' },
      processes: { type: 'boolean' },
      writers: { type: 'boolean' },
      contention: { type: 'boolean' },
      tests: { type: 'boolean' },
      generate: { type: 'boolean' },
      budget: { type: 'boolean' },
      'update-budgets': { type: 'boolean' },
      output: { type: 'string' },
    },
  } as const;
  const { values } = readCommandLine(usage, config, args);
  if (values.quick && values['update-budgets'])
    throw new Error('--update-budgets needs more rounds than --quick has. Use --aims instead.');
  const preset = values.quick ? presets.quick : values.aims ? presets.aims : presets.whole;
  const named = wholeParts.filter((name) => values[name] === true);
  const presetParts = values.aims || named.length === 0 ? preset.parts : [];
  // The option --minutes alone is enough to add the part `memory`.
  const memory: readonly PartName[] = values.minutes === undefined ? [] : ['memory'];
  const seconds = numberOf('seconds', values.seconds, preset.seconds);
  return {
    nodes: values.node?.split(',').map(parseNode) ?? [],
    rows: wholeNumberOf('rows', values.rows, preset.rows, 1_000),
    rounds: wholeNumberOf('rounds', values.rounds, preset.rounds, 1),
    seconds,
    firstWarmUpSeconds: numberOf('warm-up', values['warm-up'], preset.firstWarmUpSeconds),
    warmUpSeconds: seconds / 4,
    memoryMinutes: numberOf('minutes', values.minutes, defaultMemoryMinutes),
    isQuick: values.quick,
    hasLatency: !values.quick,
    parts: new Set([...presetParts, ...named, ...memory]),
    servers: serversIn(values.servers, preset.servers),
    scenarios: values.scenarios?.split(',') ?? preset.scenarios,
    budget: values['update-budgets'] ? 'update' : values.budget ? 'check' : undefined,
    output: values.output,
  };
}

type Preset = Pick<
  Options,
  'rows' | 'rounds' | 'seconds' | 'firstWarmUpSeconds' | 'servers' | 'scenarios'
> & {
  readonly parts: readonly PartName[];
};

const presets: Readonly<Record<'whole' | 'aims' | 'quick', Preset>> = {
  whole: {
    rows: 1_000_000,
    rounds: 5,
    seconds: 4,
    firstWarmUpSeconds: 8,
    parts: wholeParts,
    servers: serverNames,
    scenarios: [],
  },
  aims: {
    rows: 1_000_000,
    rounds: 5,
    seconds: 2,
    firstWarmUpSeconds: 8,
    parts: ['compare', 'profile', 'writers', 'contention'],
    servers: ['express', ...peerNames, 'strata'],
    scenarios: budgetScenarios,
  },
  quick: {
    rows: 50_000,
    rounds: 3,
    seconds: 1,
    firstWarmUpSeconds: 3,
    parts: ['compare'],
    servers: ['express', 'strata'],
    scenarios: quickScenarios,
  },
};

/** Returns whether a run measures everything, with no option that reduces it. */
export const isWhole = ({ rows, rounds, isQuick, parts, servers, scenarios }: Options): boolean =>
  !isQuick &&
  rows >= 1_000_000 &&
  rounds >= 5 &&
  wholeParts.every((name) => parts.has(name)) &&
  servers.length === serverNames.length &&
  scenarios.length === 0;

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!(number > 0 && number < Infinity)) throw new Error(`--${name} ${text} is not a number above 0.`);
  return number;
}

function wholeNumberOf(name: string, text: string | undefined, otherwise: number, min: number): number {
  const number = numberOf(name, text, otherwise);
  if (!Number.isInteger(number) || number < min)
    throw new Error(`--${name} ${text ?? ''} is not an integer of at least ${min}.`);
  return number;
}

function serversIn(text: string | undefined, otherwise: readonly ServerName[]): ServerName[] {
  const requested: readonly string[] = text?.split(',') ?? otherwise;
  const unknown = requested.filter((name) => !serverNames.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`There is no server ${unknown.join(', ')}. Choose from ${serverNames.join(', ')}.`);
  // Always include the service, because the other servers are compared with it.
  return serverNames.filter((name) => name === 'strata' || requested.includes(name));
}
