import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../random.ts';
import { guessPassword } from './guesses.ts';
import { cancel, deliver, place, placeAndRepeat, placeConcurrently, rush, ship } from './orders.ts';
import { publish, publishHuge, read } from './others.ts';
import { logout, refresh, signInAgain } from './sessions.ts';
import type { World } from './world.ts';

type Scenario = (world: World, random: Random) => Promise<void>;

const scenarios: Readonly<Record<string, { readonly weight: number; readonly run: Scenario }>> = {
  place: { weight: 22, run: place },
  placeAgain: { weight: 6, run: placeAndRepeat },
  placeAtOnce: { weight: 6, run: placeConcurrently },
  rush: { weight: 5, run: rush },
  cancel: { weight: 12, run: cancel },
  ship: { weight: 4, run: ship },
  deliver: { weight: 2, run: deliver },
  publish: { weight: 16, run: publish },
  publishHuge: { weight: 1, run: publishHuge },
  signIn: { weight: 4, run: signInAgain },
  refresh: { weight: 9, run: refresh },
  logout: { weight: 3, run: logout },
  guess: { weight: 1, run: guessPassword },
  read: { weight: 9, run: read },
};

const weightedNames = Object.entries(scenarios).flatMap(([name, { weight }]) =>
  Array.from({ length: weight }, () => name),
);

interface LoadOptions {
  readonly seed: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** Starts scenarios at a constant rate, whether or not earlier ones have ended. Resolves when all have ended. */
export async function runLoad(world: World, { seed, perSecond, seconds }: LoadOptions): Promise<void> {
  const started = performance.now();
  const running: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const dueMs = (index * 1_000) / perSecond - (performance.now() - started);
    if (dueMs > 0) await sleep(dueMs);
    // Create random numbers for each scenario, so that they do not depend on what other scenarios do.
    const random = createRandom(seed, `scenario ${index}`);
    running.push(scenarios[random.pick(weightedNames)]!.run(world, random));
  }
  await Promise.all(running);
}
