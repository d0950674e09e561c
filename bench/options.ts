import { readCommandLine } from '../src/utils/command-line.ts';

/** The parts of a run. All except `memory` run by default. */
export const partNames = [
  'compare',
  'start',
  'flood',
  'growth',
  'processes',
  'writers',
  'contention',
  'memory',
  'tests',
] as const;
export type PartName = (typeof partNames)[number];

export const serverNames = ['limit', 'express', 'fastify', 'strata'] as const;
export type ServerName = (typeof serverNames)[number];

/** The options of a run. */
export interface Options {
  readonly rows: number;
  readonly rounds: number;
  /** How long each server is measured at one pace, in seconds. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly memoryMinutes: number;
  readonly isQuick: boolean;
  readonly parts: ReadonlySet<PartName>;
  readonly servers: readonly ServerName[];
  /** The ids of the scenarios to compare. If this is empty, all scenarios run. */
  readonly scenarios: readonly string[];
}

const defaultMemoryMinutes = 30;
// A quick run omits login, which is slow on purpose, and scenarios that are similar to one of these.
const quickScenarios = [
  'product',
  'guarded-product',
  'list',
  'cursor-0',
  'cursor-2',
  'search-three',
  'order',
  'refresh',
];
const wholeParts = partNames.filter((name) => name !== 'memory');

export const usage = `npm run bench -- [options]
  --quick        runs 2 rounds of the faster comparisons on 50,000 rows, in under 3 minutes
  --rows N       sets the number of products and of orders (default: 1000000)
  --rounds N     sets the number of rounds (default: 5)
  --seconds N    sets the duration of each measurement (default: 4)
  --servers A,B  selects from ${serverNames.join(', ')} (default: all; strata is always included)
  --scenarios A  selects scenarios by id, such as product,guarded-product,list,order (default: all)
  --compare      compares all servers on every scenario
  --start        measures the start time of the service
  --flood        measures other routes during ten times more sign-ins than the machine can hash
  --growth       measures lists, searches and orders from 1,000 rows up, in steps of ten times
  --processes    compares one process of the service with two
  --writers      compares 32 concurrent writers with and without wake-ups of the workers
  --contention   sells one product to many buyers at once
  --tests        measures the duration of the test suite
  --minutes N    measures memory during N minutes of load (only if given)
If parts are named, only those run. A complete run writes bench/results.md, any other .data/bench/results.md.`;

/** Parses the command line. Throws an error that names an invalid value. */
export function readOptions(args: readonly string[]): Options {
  const config = {
    options: {
      quick: { type: 'boolean', default: false },
      rows: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      servers: { type: 'string' },
      scenarios: { type: 'string' },
      minutes: { type: 'string' },
      compare: { type: 'boolean' },
      start: { type: 'boolean' },
      flood: { type: 'boolean' },
      growth: { type: 'boolean' },
      processes: { type: 'boolean' },
      writers: { type: 'boolean' },
      contention: { type: 'boolean' },
      tests: { type: 'boolean' },
    },
  } as const;
  const { values } = readCommandLine(usage, config, args);
  const isQuick = values.quick;
  const named = wholeParts.filter((name) => values[name] === true);
  const quickParts: readonly PartName[] = isQuick ? ['compare'] : wholeParts;
  // The option --minutes adds the part `memory`.
  const memory: readonly PartName[] = values.minutes === undefined ? [] : ['memory'];
  const seconds = numberOf('seconds', values.seconds, isQuick ? 0.75 : 4);
  return {
    rows: wholeNumberOf('rows', values.rows, isQuick ? 50_000 : 1_000_000, 1_000),
    rounds: wholeNumberOf('rounds', values.rounds, isQuick ? 2 : 5, 1),
    seconds,
    warmUpSeconds: seconds / 4,
    memoryMinutes: numberOf('minutes', values.minutes, defaultMemoryMinutes),
    isQuick,
    parts: new Set([...(named.length > 0 ? named : quickParts), ...memory]),
    servers: serversIn(values.servers),
    scenarios: values.scenarios?.split(',') ?? (isQuick ? quickScenarios : []),
  };
}

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

function serversIn(text: string | undefined): ServerName[] {
  const requested = text?.split(',') ?? serverNames;
  const unknown = requested.filter((name) => !serverNames.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`There is no server ${unknown.join(', ')}. Choose from ${serverNames.join(', ')}.`);
  // Always include the service, because the other servers are compared with it.
  return serverNames.filter((name) => name === 'strata' || requested.includes(name));
}
