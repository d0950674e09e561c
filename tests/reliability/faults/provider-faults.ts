import { noFaults, type Switches } from '../../../dev/sandbox/switches.ts';
import type { LinkFault } from '../environment/fault-proxy.ts';
import type { Random } from '../random.ts';
import { noRevert, type Fault } from './fault.ts';

const switchFault = (kind: string, switchesOf: (random: Random) => Partial<Switches>): Fault => ({
  kind,
  seconds: [2, 6],
  inject: async ({ provider }, random) => {
    const switches = switchesOf(random);
    const names = Object.keys(switches) as (keyof Switches)[];
    const before = Object.fromEntries(names.map((name) => [name, noFaults[name]]));
    await provider.setSwitches(switches);
    return { target: 'provider', end: () => provider.setSwitches(before) };
  },
});

const linkFault = (kind: string, faultOf: (random: Random) => LinkFault): Fault => ({
  kind,
  seconds: [2, 6],
  inject: async ({ provider }, random) => {
    provider.link.inject(faultOf(random));
    return { target: 'provider', end: () => provider.link.heal() };
  },
});

/** The payment provider fails, declines, responds late or not at all, and repeats its webhooks. */
export const providerFaults: readonly Fault[] = [
  switchFault('provider.time-out-after-success', () => ({ timeoutAfterSuccess: true })),
  switchFault('provider.outage', (random) => ({ outage: random.pick(['unavailable', 'reset'] as const) })),
  switchFault('provider.declines', () => ({ decline: true })),
  switchFault('provider.latency', (random) => ({ latencyMs: 300 + random.below(3_000) })),
  switchFault('provider.repeated-and-late-notices', (random) => ({
    webhookCopies: 2 + random.below(3),
    webhookDelayMs: random.below(6_000),
  })),
  linkFault('provider.black-hole', (random) => ({ kind: 'blackHole', afterBytes: random.below(1_000) })),
  linkFault('provider.reset', () => ({ kind: 'reset' })),
  {
    kind: 'provider.kill',
    seconds: [0, 0],
    inject: async ({ provider }) => {
      provider.process.kill();
      return { target: 'provider', end: noRevert };
    },
  },
];
