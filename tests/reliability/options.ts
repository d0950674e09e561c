import { randomInt } from 'node:crypto';
import { readCommandLine } from '../../src/utils/command-line.ts';

/** The options of a run. */
export interface Options {
  readonly seed: number;
  readonly loadSeconds: number;
  readonly perSecond: number;
  readonly faultEverySeconds: number;
  readonly faults: readonly string[] | undefined;
  readonly report: string | undefined;
  readonly keep: boolean;
}

const shortSeconds = 120;
const longMinutes = 30;

export const usage = `npm run test:reliability -- [options]
  --seed N       seed of load and faults (default: random)
  --minutes N    duration of the load (default: ${shortSeconds / 60})
  --long         ${longMinutes} minutes of load
  --rate N       scenarios started per second (default: 10)
  --every N      seconds between the starts of two faults (default: 4)
  --faults A,B   only these kinds of faults, or "none"
  --report FILE  also write the report to FILE
  --keep         keep logs and history`;

/** Parses the command line. Throws an error that names an invalid value. */
export function readOptions(args: string[]): Options {
  const config = {
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      long: { type: 'boolean', default: false },
      rate: { type: 'string' },
      every: { type: 'string' },
      faults: { type: 'string' },
      report: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  } as const;
  const { values } = readCommandLine(usage, config, args);
  const minutes = numberOf('minutes', values.minutes, values.long ? longMinutes : shortSeconds / 60);
  return {
    seed: numberOf('seed', values.seed, randomInt(2 ** 31)),
    loadSeconds: minutes * 60,
    perSecond: numberOf('rate', values.rate, 10),
    faultEverySeconds: numberOf('every', values.every, 4),
    faults: values.faults?.split(','),
    report: values.report,
    keep: values.keep,
  };
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} ${text} is not a number above 0.`);
  return number;
}
