import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { TestEnvironment } from '../environment/environment.ts';
import type { ServiceNode } from '../environment/nodes.ts';
import { noRevert, type Fault } from './fault.ts';

type Choose = (environment: TestEnvironment) => readonly ServiceNode[];

const apis: Choose = (environment) => environment.apis;
const workers: Choose = (environment) => environment.workers;

const kill = (kind: string, among: Choose): Fault => ({
  kind,
  seconds: [0, 0],
  inject: async (environment: TestEnvironment, random: Random) => {
    const { process } = random.pick(among(environment));
    process.kill();
    return { target: process.name, end: noRevert };
  },
});

type Find = (environment: TestEnvironment, random: Random) => Promise<ServiceNode>;

const pause = (kind: string, find: Find, seconds: Fault['seconds'], silencesService: boolean): Fault => ({
  kind,
  seconds,
  silencesService,
  inject: async (environment, random) => {
    const { process } = await find(environment, random);
    process.pause();
    return {
      target: process.name,
      end: async () => {
        process.resume();
      },
    };
  },
});

const anyApi: Find = async (environment, random) => random.pick(environment.apis);

const tries = 200;

/**
 * Finds a worker in the middle of a slow delivery, because pausing an idle worker would prove nothing. If no worker is
 * busy, returns any.
 */
const busyWorker: Find = async ({ database, workers }, random) => {
  // Pause only one worker at a time, because another one must take over its leases.
  if (workers.some(({ process }) => process.isPaused)) throw new Error('Another worker is paused.');
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { rows } = await database.query<{ process: string }>(
      `SELECT m.process FROM outbox o JOIN rig_moves m ON m.id = o.event_id AND m.to_token = o.lease_token
       WHERE o.status = 'leased' AND o.lease_until > now() AND o.payload ->> 'behavior' = 'slow'`,
    );
    const busy = workers.find(({ process }) => process.name === rows[0]?.process);
    if (busy !== undefined) return busy;
    await sleep(25);
  }
  return random.pick(workers);
};

/**
 * Kills or pauses processes. The pause of a worker is longer than a lease (30 s), so that other workers take over its
 * events.
 */
export const processFaults: readonly Fault[] = [
  kill('api.kill', apis),
  kill('worker.kill', workers),
  pause('api.stop', anyApi, [1, 5], true),
  pause('worker.stop', busyWorker, [33, 38], false),
];
