import type { FaultProxy, LinkFault } from '../stand/fault-proxy.ts';
import type { Random } from '../random.ts';
import type { Stand } from '../stand/stand.ts';
import { nothingToEnd, type Fault } from './fault.ts';

const isOwn = ({ server }: Stand): boolean => server.restart !== undefined;

const restart = (kind: string, how: 'politely' | 'by SIGKILL'): Fault => ({
  kind,
  seconds: [0, 0],
  isPossible: isOwn,
  inflict: async ({ server }) => {
    await server.restart?.(how);
    return { target: 'database', end: nothingToEnd };
  },
});

/** Strikes the link of one process, or those of all. */
const link = (
  kind: string,
  seconds: Fault['seconds'],
  faultOf: (random: Random) => LinkFault,
  silencesDatabase = false,
): Fault => ({
  kind,
  seconds,
  silencesDatabase,
  inflict: async (stand, random) => {
    const stations = random.chance(0.5) ? stand.stations : [random.pick(stand.stations)];
    const links: FaultProxy[] = stations.map(({ toDatabase }) => toDatabase);
    const fault = faultOf(random);
    for (const one of links) one.inflict(fault);
    return {
      target: stations.map(({ process }) => process.name).join(', '),
      end: async () => {
        await Promise.all(links.map((one) => one.heal()));
      },
    };
  },
});

const terminate: Fault = {
  kind: 'database.terminate-backends',
  seconds: [1, 4],
  inflict: async ({ database }, random) => {
    // Again and again for some seconds, so that it meets every moment of a transaction.
    const share = 0.1 + 0.3 * random.next();
    const ending = setInterval(() => {
      database
        .query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND application_name LIKE 'strata%' AND random() < $1`,
          [share],
        )
        .catch(() => undefined);
    }, 100);
    return {
      target: 'sessions at random',
      end: async () => {
        clearInterval(ending);
      },
    };
  },
};

/** The database ends, falls silent, is slow, or throws its clients out. */
export const databaseFaults: readonly Fault[] = [
  restart('database.restart', 'politely'),
  restart('database.kill', 'by SIGKILL'),
  terminate,
  link(
    'database.black-hole',
    [1, 8],
    (random) => ({ kind: 'blackHole', afterBytes: random.below(4_000) }),
    true,
  ),
  link('database.refuse', [1, 4], () => ({ kind: 'refuse' })),
  link('database.reset', [0, 2], () => ({ kind: 'reset' })),
  link('database.latency', [2, 5], (random) => ({ kind: 'latency', ms: 20 + random.below(200) })),
  link('database.half-open', [1, 5], () => ({ kind: 'halfOpen' }), true),
];
