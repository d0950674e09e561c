import type { Random } from '../random.ts';
import type { FaultProxy, LinkFault } from '../environment/fault-proxy.ts';
import type { TestEnvironment } from '../environment/environment.ts';
import type { Fault } from './fault.ts';

interface LinkKind {
  readonly kind: string;
  readonly seconds: Fault['seconds'];
  readonly fault: (random: Random) => LinkFault;
  readonly silencesService?: boolean;
}

const on =
  (
    choose: (environment: TestEnvironment, random: Random) => readonly FaultProxy[],
    isPossible: (environment: TestEnvironment) => boolean,
  ) =>
  ({ kind, seconds, fault: faultOf, silencesService = false }: LinkKind): Fault => ({
    kind,
    seconds,
    silencesService,
    isPossible,
    inject: async (environment, random) => {
      const links = choose(environment, random);
      const fault = faultOf(random);
      for (const one of links) one.inject(fault);
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
  (environment) => environment.nodes.flatMap(({ toRedis }) => (toRedis === undefined ? [] : [toRedis])),
  ({ redis }) => redis !== null,
);

/** Clients lose responses; Redis is unavailable or hangs. */
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
    // Let 200 to 1,700 bytes pass, so that some connections stop within a request and others within a response.
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
