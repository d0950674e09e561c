import type { FaultProxy, LinkFault } from '../environment/fault-proxy.ts';
import type { Random } from '../random.ts';
import type { TestEnvironment } from '../environment/environment.ts';
import { noRevert, type Fault } from './fault.ts';

const isOwn = ({ server }: TestEnvironment): boolean => server.restart !== undefined;

const restart = (kind: string, how: 'gracefully' | 'by SIGKILL'): Fault => ({
  kind,
  seconds: [0, 0],
  isPossible: isOwn,
  inject: async ({ server }) => {
    await server.restart?.(how);
    return { target: 'database', end: noRevert };
  },
});

/** Returns a fault of the link between the database and one or all processes. */
const linkFault = (
  kind: string,
  seconds: Fault['seconds'],
  faultOf: (random: Random) => LinkFault,
  silencesDatabase = false,
): Fault => ({
  kind,
  seconds,
  silencesDatabase,
  inject: async (environment, random) => {
    const nodes = random.chance(0.5) ? environment.nodes : [random.pick(environment.nodes)];
    const links: FaultProxy[] = nodes.map(({ toDatabase }) => toDatabase);
    const fault = faultOf(random);
    for (const one of links) one.inject(fault);
    return {
      target: nodes.map(({ process }) => process.name).join(', '),
      end: async () => {
        await Promise.all(links.map((one) => one.heal()));
      },
    };
  },
});

const terminate: Fault = {
  kind: 'database.terminate-backends',
  seconds: [1, 4],
  inject: async ({ database }, random) => {
    // Repeat the fault for some seconds, so that it hits every phase of a transaction.
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
      target: 'random sessions',
      end: async () => {
        clearInterval(ending);
      },
    };
  },
};

/** The database stops, hangs, is slow, or terminates its sessions. */
export const databaseFaults: readonly Fault[] = [
  restart('database.restart', 'gracefully'),
  restart('database.kill', 'by SIGKILL'),
  terminate,
  linkFault(
    'database.black-hole',
    [1, 8],
    (random) => ({ kind: 'blackHole', afterBytes: random.below(4_000) }),
    true,
  ),
  linkFault('database.refuse', [1, 4], () => ({ kind: 'refuse' })),
  linkFault('database.reset', [0, 2], () => ({ kind: 'reset' })),
  linkFault('database.latency', [2, 5], (random) => ({ kind: 'latency', ms: 20 + random.below(200) })),
  linkFault('database.half-open', [1, 5], () => ({ kind: 'halfOpen' }), true),
];
