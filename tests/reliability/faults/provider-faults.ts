import { allWell, type Switches } from '../../../dev/sandbox/switches.ts';
import type { LinkFault } from '../stand/fault-proxy.ts';
import type { Random } from '../random.ts';
import { nothingToEnd, type Fault } from './fault.ts';

const turn = (kind: string, switchesOf: (random: Random) => Partial<Switches>): Fault => ({
  kind,
  seconds: [2, 6],
  inflict: async ({ provider }, random) => {
    const switches = switchesOf(random);
    const names = Object.keys(switches) as (keyof Switches)[];
    const before = Object.fromEntries(names.map((name) => [name, allWell[name]]));
    await provider.turn(switches);
    return { target: 'provider', end: () => provider.turn(before) };
  },
});

const link = (kind: string, faultOf: (random: Random) => LinkFault): Fault => ({
  kind,
  seconds: [2, 6],
  inflict: async ({ provider }, random) => {
    provider.link.inflict(faultOf(random));
    return { target: 'provider', end: () => provider.link.heal() };
  },
});

/** The provider fails, declines, answers late or not at all, and repeats itself. */
export const providerFaults: readonly Fault[] = [
  turn('provider.time-out-after-success', () => ({ timeoutAfterSuccess: true })),
  turn('provider.outage', (random) => ({ outage: random.pick(['unavailable', 'reset'] as const) })),
  turn('provider.declines', () => ({ decline: true })),
  turn('provider.latency', (random) => ({ latencyMs: 300 + random.below(3_000) })),
  turn('provider.repeated-and-late-notices', (random) => ({
    webhookCopies: 2 + random.below(3),
    webhookDelayMs: random.below(6_000),
  })),
  link('provider.black-hole', (random) => ({ kind: 'blackHole', afterBytes: random.below(1_000) })),
  link('provider.reset', () => ({ kind: 'reset' })),
  {
    kind: 'provider.kill',
    seconds: [0, 0],
    inflict: async ({ provider }) => {
      provider.process.kill();
      return { target: 'provider', end: nothingToEnd };
    },
  },
];
