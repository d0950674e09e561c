import type { Logger } from '../core/ports.ts';
import { Loop } from '../utils/loop.ts';
import type { Lag } from './lag.ts';

const everyMs = 60_000;
const lateSeconds = 60;

interface LagWatchDeps {
  readonly lag: () => Promise<Lag>;
  readonly logger: Logger;
}

/** Logs once a minute if events or jobs are late or dead. */
export class LagWatch {
  readonly #loop: Loop;

  constructor(private readonly deps: LagWatchDeps) {
    const { logger } = deps;
    this.#loop = new Loop({
      round: () => this.check(),
      onFailure: (error) => {
        logger.warn('The lag of events and jobs could not be read.', { error });
      },
      pollMs: everyMs,
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async check(): Promise<void> {
    const { events, jobs } = await this.deps.lag();
    const stuck = jobs.filter(({ dead, oldestSeconds }) => dead > 0 || oldestSeconds > lateSeconds);
    if (events.dead === 0 && events.oldestSeconds <= lateSeconds && stuck.length === 0) return;
    this.deps.logger.warn(
      'Events or jobs are late or dead: see GET /api/v1/admin/events/dead and GET /api/v1/admin/jobs.',
      {
        event: 'background.lag',
        events,
        jobs: stuck,
      },
    );
  }
}
