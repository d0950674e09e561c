import { randomInt } from 'node:crypto';
import { readCommandLine } from '../../src/utils/command-line.ts';

/** How a run is to be. */
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
  --seed N       what happens when; another one each time unless given
  --minutes N    how long there is load: ${shortSeconds / 60} unless given
  --long         ${longMinutes} minutes of load
  --rate N       scenarios begun each second: 10 unless given
  --every N      seconds between the beginnings of two faults: 4 unless given
  --faults A,B   these kinds of faults only, or "none"
  --report FILE  writes the report there as well
  --keep         leaves logs and history in place`;

/** Reads the arguments of the command line. Throws an error that says what is wrong with a value. */
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
  if (!(number > 0)) throw new Error(`--${name} ${text} is no number above 0.`);
  return number;
}
