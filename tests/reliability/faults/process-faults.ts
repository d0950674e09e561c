import type { Random } from '../random.ts';
import type { Stand } from '../stand/stand.ts';
import type { Station } from '../stand/stations.ts';
import { nothingToEnd, type Fault } from './fault.ts';

type Choose = (stand: Stand) => readonly Station[];

const apis: Choose = (stand) => stand.apis;
const workers: Choose = (stand) => stand.workers;

const kill = (kind: string, among: Choose): Fault => ({
  kind,
  seconds: [0, 0],
  inflict: async (stand: Stand, random: Random) => {
    const { process } = random.pick(among(stand));
    process.kill();
    return { target: process.name, end: nothingToEnd };
  },
});

const pause = (kind: string, among: Choose, seconds: Fault['seconds'], silencesService: boolean): Fault => ({
  kind,
  seconds,
  silencesService,
  inflict: async (stand, random) => {
    const { process } = random.pick(among(stand));
    process.pause();
    return {
      target: process.name,
      end: async () => {
        process.resume();
      },
    };
  },
});

/** Processes that end, and processes that stand still: for longer than a worker's leases of 30 s, too. */
export const processFaults: readonly Fault[] = [
  kill('api.kill', apis),
  kill('worker.kill', workers),
  pause('api.stop', apis, [1, 5], true),
  pause('worker.stop', workers, [33, 38], false),
];
