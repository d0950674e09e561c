import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../random.ts';
import type { Stand } from '../stand/stand.ts';
import { databaseFaults } from './database-faults.ts';
import type { Fault } from './fault.ts';
import { networkFaults } from './network-faults.ts';
import { poisonFaults } from './poison.ts';
import { providerFaults } from './provider-faults.ts';
import { processFaults } from './process-faults.ts';

export const allFaults: readonly Fault[] = [
  ...processFaults,
  ...databaseFaults,
  ...networkFaults,
  ...providerFaults,
  ...poisonFaults,
];

/** A fault that has happened; times by the rig's clock, in ms. */
export interface PastFault {
  readonly kind: string;
  readonly target: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly silencesService: boolean;
  readonly silencesDatabase: boolean;
}

interface ScheduleOptions {
  readonly seed: number;
  readonly seconds: number;
  /** The pause between the beginnings of two faults, on average. */
  readonly everySeconds: number;
  /** Only these kinds; all unless given. */
  readonly kinds?: readonly string[] | undefined;
}

/** Lets faults happen one after the other and sometimes over each other, each kind once before any comes again. */
export async function runFaults(stand: Stand, options: ScheduleOptions): Promise<PastFault[]> {
  const { seed, seconds, everySeconds, kinds } = options;
  const random = createRandom(seed, 'faults');
  const possible = allFaults.filter(
    ({ kind, isPossible }) => (kinds?.includes(kind) ?? true) && (isPossible?.(stand) ?? true),
  );
  const past: PastFault[] = [];
  const running: Promise<void>[] = [];
  // What lasts longest comes first, so that it fits into the time.
  let waiting = random
    .shuffle(possible)
    .sort((a, b) => Number(b.seconds[1] > 10) - Number(a.seconds[1] > 10));
  const deadline = performance.now() + seconds * 1_000;
  for (;;) {
    const pauseMs = everySeconds * 1_000 * (0.5 + random.next());
    if (performance.now() + pauseMs > deadline) break;
    await sleep(pauseMs);
    if (waiting.length === 0) waiting = random.shuffle(possible);
    const fault = waiting.shift();
    if (fault !== undefined)
      running.push(happen(stand, fault, createRandom(seed, `fault ${running.length}`), past));
  }
  await Promise.all(running);
  return past;
}

async function happen(
  stand: Stand,
  fault: Fault,
  random: ReturnType<typeof createRandom>,
  past: PastFault[],
): Promise<void> {
  const {
    kind,
    seconds: [least, most],
    silencesService = false,
    silencesDatabase = false,
  } = fault;
  const lastsMs = (least + random.next() * (most - least)) * 1_000;
  const fromMs = Date.now();
  try {
    const { target, end } = await fault.inflict(stand, random);
    await sleep(lastsMs);
    await end();
    past.push({ kind, target, fromMs, toMs: Date.now(), silencesService, silencesDatabase });
  } catch (error) {
    // Such as poison for a database that another fault has just ended: there is nothing to undo, and nothing happened.
    past.push({
      kind: `${kind} (prevented)`,
      target: String(error),
      fromMs,
      toMs: Date.now(),
      silencesService: false,
      silencesDatabase: false,
    });
  }
}
