import { readCommandLine } from '../src/utils/command-line.ts';

/** What a run can find out; all but `memory` unless some are named. */
export const partNames = ['compare', 'start', 'flood', 'growth', 'processes', 'memory', 'tests'] as const;
export type PartName = (typeof partNames)[number];

export const serverNames = ['limit', 'express', 'fastify', 'strata'] as const;
export type ServerName = (typeof serverNames)[number];

/** How a run is to be. */
export interface Options {
  readonly rows: number;
  readonly rounds: number;
  /** How long each server is measured at each pace. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly memoryMinutes: number;
  readonly isQuick: boolean;
  readonly parts: ReadonlySet<PartName>;
  readonly servers: readonly ServerName[];
  /** The ids of those that are compared; all when there are none. */
  readonly scenarios: readonly string[];
}

const defaultMemoryMinutes = 30;
// Signing in is slow by intent, and the rest is near enough to one of these.
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
  --quick        2 rounds on 50,000 rows, the comparison alone and without its slowest scenarios, in under 3 minutes
  --rows N       products and as many orders: 1000000 unless given
  --rounds N     5 unless given
  --seconds N    how long each server is measured at each pace: 4 unless given
  --servers A,B  of ${serverNames.join(', ')}: all unless given; strata is always one
  --scenarios A  by their ids, such as product,guarded-product,list,order: all unless given
  --compare      all servers side by side on every scenario
  --start        how long the service takes to start
  --flood        other routes while ten times too many sign in
  --growth       lists, searches and orders at 1,000 rows and ten times more each
  --processes    one process of the service and two
  --tests        how long the test suite takes
  --minutes N    memory over so many minutes of load; not a part of the run unless given
Naming parts runs those alone. A whole run writes bench/results.md, any other .data/bench/results.md.`;

/** Reads the arguments of the command line. Throws an error that says what is wrong with a value. */
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
      tests: { type: 'boolean' },
    },
  } as const;
  const { values } = readCommandLine(usage, config, args);
  const isQuick = values.quick;
  const named = wholeParts.filter((name) => values[name] === true);
  const quickParts: readonly PartName[] = isQuick ? ['compare'] : wholeParts;
  // The memory alone can be asked for, too.
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

/** Whether a run has found out all there is, with nothing left away. */
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
  if (!(number > 0 && number < Infinity)) throw new Error(`--${name} ${text} is no number above 0.`);
  return number;
}

function wholeNumberOf(name: string, text: string | undefined, otherwise: number, min: number): number {
  const number = numberOf(name, text, otherwise);
  if (!Number.isInteger(number) || number < min)
    throw new Error(`--${name} ${text ?? ''} is no whole number from ${min} on.`);
  return number;
}

function serversIn(text: string | undefined): ServerName[] {
  const asked = text?.split(',') ?? serverNames;
  const unknown = asked.filter((name) => !serverNames.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`There is no server ${unknown.join(', ')}; there are ${serverNames.join(', ')}.`);
  // The service is what the others are there for.
  return serverNames.filter((name) => name === 'strata' || asked.includes(name));
}
