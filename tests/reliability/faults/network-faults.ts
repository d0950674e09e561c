import type { Random } from '../random.ts';
import type { FaultProxy, LinkFault } from '../stand/fault-proxy.ts';
import type { Stand } from '../stand/stand.ts';
import type { Fault } from './fault.ts';

interface LinkKind {
  readonly kind: string;
  readonly seconds: Fault['seconds'];
  readonly fault: (random: Random) => LinkFault;
  readonly silencesService?: boolean;
}

const on =
  (choose: (stand: Stand, random: Random) => readonly FaultProxy[], isPossible: (stand: Stand) => boolean) =>
  ({ kind, seconds, fault: faultOf, silencesService = false }: LinkKind): Fault => ({
    kind,
    seconds,
    silencesService,
    isPossible,
    inflict: async (stand, random) => {
      const links = choose(stand, random);
      const fault = faultOf(random);
      for (const one of links) one.inflict(fault);
      return {
        target: links.length > 1 ? 'every process' : 'one link',
        end: async () => {
          await Promise.all(links.map((one) => one.heal()));
        },
      };
    },
  });

const ofClients = on(
  ({ edge, apis }, random) => [random.chance(0.5) ? edge : random.pick(apis).fromBalancer],
  () => true,
);
const ofRedis = on(
  (stand) => stand.stations.flatMap(({ toRedis }) => (toRedis === undefined ? [] : [toRedis])),
  ({ redis }) => redis !== null,
);

/** Clients lose their answers, and Redis is gone or does not answer. */
export const networkFaults: readonly Fault[] = [
  ofClients({
    kind: 'clients.reset',
    seconds: [0, 1],
    fault: () => ({ kind: 'reset' }),
    silencesService: true,
  }),
  ofClients({
    kind: 'clients.black-hole',
    seconds: [1, 3],
    // Most requests are longer than this, and most answers shorter than what is left of it.
    fault: (random) => ({ kind: 'blackHole', afterBytes: 200 + random.below(1_500) }),
    silencesService: true,
  }),
  ofClients({
    kind: 'clients.half-open',
    seconds: [1, 3],
    fault: () => ({ kind: 'halfOpen' }),
    silencesService: true,
  }),
  ofRedis({ kind: 'redis.refuse', seconds: [2, 6], fault: () => ({ kind: 'refuse' }) }),
  ofRedis({ kind: 'redis.black-hole', seconds: [2, 6], fault: () => ({ kind: 'blackHole', afterBytes: 0 }) }),
];
