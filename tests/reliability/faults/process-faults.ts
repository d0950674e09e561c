import { setTimeout as sleep } from 'node:timers/promises';
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

type Find = (stand: Stand, random: Random) => Promise<Station>;

const pause = (kind: string, find: Find, seconds: Fault['seconds'], silencesService: boolean): Fault => ({
  kind,
  seconds,
  silencesService,
  inflict: async (stand, random) => {
    const { process } = await find(stand, random);
    process.pause();
    return {
      target: process.name,
      end: async () => {
        process.resume();
      },
    };
  },
});

const anyApi: Find = async (stand, random) => random.pick(stand.apis);

const tries = 200;

/** A worker in the middle of a delivery that takes a while: one that stands still with empty hands proves nothing. */
const busyWorker: Find = async ({ database, workers }, random) => {
  // Nobody would be left to take over what it held.
  if (workers.some(({ process }) => process.isPaused)) throw new Error('Another worker stands still.');
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { rows } = await database.query<{ process: string }>(
      `SELECT m.process FROM outbox o JOIN rig_moves m ON m.id = o.event_id AND m.to_token = o.lease_token
       WHERE o.status = 'leased' AND o.lease_until > now() AND o.payload ->> 'temper' = 'slow'`,
    );
    const busy = workers.find(({ process }) => process.name === rows[0]?.process);
    if (busy !== undefined) return busy;
    await sleep(25);
  }
  return random.pick(workers);
};

/** Processes that end, and processes that stand still: for longer than a worker's leases of 30 s, too. */
export const processFaults: readonly Fault[] = [
  kill('api.kill', apis),
  kill('worker.kill', workers),
  pause('api.stop', anyApi, [1, 5], true),
  pause('worker.stop', busyWorker, [33, 38], false),
];
