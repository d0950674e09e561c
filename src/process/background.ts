import type { App, Dependencies } from '../app.ts';
import { InboxRepository } from '../events/inbox.repository.ts';
import { JobScheduleRepository } from '../jobs/job-schedule.repository.ts';
import { JobRepository, jobsChannel } from '../jobs/job.repository.ts';
import { outboxChannel, OutboxRepository } from '../events/outbox.repository.ts';
import { createHeartbeat } from '../jobs/heartbeat.ts';
import { JobRunner, type JobRunnerSettings } from '../jobs/job-runner.ts';
import { readLag, type Lag } from './lag.ts';
import { LagWatch } from './lag-watch.ts';
import { Notifications } from '../db/notifications.ts';
import { Relay, type RelaySettings } from '../events/relay.ts';
import { Scheduler } from '../jobs/scheduler.ts';

/** Background processing: event delivery, jobs and schedules. */
export interface Background {
  /** Returns how far events and jobs are behind, over all processes. */
  lag(): Promise<Lag>;
  start(): Promise<void>;
  /** Stops claiming, waits for running work, and returns unfinished work to the queues. */
  stop(): Promise<void>;
}

interface BackgroundSettings {
  readonly relay?: Partial<RelaySettings>;
  readonly jobs?: Partial<JobRunnerSettings>;
}

/** Builds the background processing of these modules. Several processes may run it at the same time. */
export function createBackground(
  { db, ids, logger, config, notifier }: Pick<Dependencies, 'db' | 'ids' | 'logger' | 'config' | 'notifier'>,
  { modules, jobs: handlers }: Pick<App, 'modules' | 'jobs'>,
  settings: BackgroundSettings = {},
): Background {
  const outbox = new OutboxRepository(db, ids, notifier);
  const relay = new Relay({
    outbox,
    inbox: new InboxRepository(db),
    ids,
    logger,
    definitions: modules.events,
    subscriptions: modules.subscriptions,
    settings: settings.relay ?? {},
  });
  const jobs = new JobRepository(db, ids, notifier);
  const runner = new JobRunner({
    jobs,
    ids,
    logger,
    handlers,
    beat: createHeartbeat(config.JOB_HEARTBEAT_URL, logger),
    settings: settings.jobs ?? {},
  });
  const scheduler = new Scheduler({
    schedules: new JobScheduleRepository(db),
    jobs,
    transaction: db.transaction,
    logger,
    definitions: handlers.map(({ definition }) => definition),
  });
  const channels = {
    [outboxChannel]: () => {
      relay.wake();
    },
    [jobsChannel]: () => {
      runner.wake();
    },
  };
  const notifications = new Notifications({ url: config.DATABASE_URL, channels, logger });
  let unsubscribe = (): void => undefined;
  const lag = () => readLag({ db, outbox, jobs, subscriptions: modules.subscriptions });
  const watch = new LagWatch({ lag, logger });
  return {
    lag,
    start: async () => {
      watch.start();
      relay.start();
      runner.start();
      scheduler.start();
      unsubscribe = notifier.subscribe((channel) => {
        channels[channel]();
      });
      await notifications.start();
    },
    stop: async () => {
      unsubscribe();
      await Promise.all([watch.stop(), notifications.stop(), scheduler.stop(), runner.stop(), relay.stop()]);
    },
  };
}
