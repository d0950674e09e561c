import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../random.ts';
import type { TestEnvironment } from '../environment/environment.ts';
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

/** A fault that has ended. Its times are `Date.now()` of the test process. */
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
  /** The average time between the starts of two faults, in seconds. */
  readonly everySeconds: number;
  /** The kinds of faults; all by default. */
  readonly kinds?: readonly string[] | undefined;
}

/** Causes faults at random times, and sometimes several at once. Each kind occurs once before any kind is repeated. */
export async function runFaults(
  environment: TestEnvironment,
  options: ScheduleOptions,
): Promise<PastFault[]> {
  const { seed, seconds, everySeconds, kinds } = options;
  const random = createRandom(seed, 'faults');
  const possible = allFaults.filter(
    ({ kind, isPossible }) => (kinds?.includes(kind) ?? true) && (isPossible?.(environment) ?? true),
  );
  const past: PastFault[] = [];
  const running: Promise<void>[] = [];
  // Start with the longest faults, so that they fit into the run.
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
      running.push(runFault(environment, fault, createRandom(seed, `fault ${running.length}`), past));
  }
  await Promise.all(running);
  return past;
}

async function runFault(
  environment: TestEnvironment,
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
    const { target, end } = await fault.inject(environment, random);
    await sleep(lastsMs);
    await end();
    past.push({ kind, target, fromMs, toMs: Date.now(), silencesService, silencesDatabase });
  } catch (error) {
    // Record a fault that could not be caused, for example because another fault has stopped the database.
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
