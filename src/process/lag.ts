import type { Subscription } from '../events/events.ts';
import type { Database } from '../db/database.ts';
import type { JobFigures, JobRepository } from '../jobs/job.repository.ts';
import type { OutboxFigures, OutboxRepository } from '../events/outbox.repository.ts';

/** How far events and jobs are behind. A lag does not affect whether requests can be served. */
export interface Lag {
  readonly events: OutboxFigures;
  readonly jobs: readonly JobFigures[];
  /** Maps a consumer to the age of its oldest unprocessed event in seconds, or to 0 if there is none. */
  readonly consumers: Readonly<Record<string, number>>;
}

interface LagSources {
  readonly db: Database;
  readonly outbox: OutboxRepository;
  readonly jobs: JobRepository;
  readonly subscriptions: readonly Subscription[];
}

/** Reads how far events and jobs are behind, over all processes. */
export async function readLag({ db, outbox, jobs, subscriptions }: LagSources): Promise<Lag> {
  const rows = await db.query<{ consumer: string; seconds: number }>(
    `SELECT s.consumer, coalesce(extract(epoch FROM now() - min(o.created_at)), 0)::float AS seconds
     FROM unnest($1::text[], $2::text[]) AS s (consumer, type)
     LEFT JOIN outbox o ON o.type = s.type AND o.status IN ('pending', 'leased', 'dead')
       AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.consumer = s.consumer AND i.event_id = o.event_id)
     GROUP BY s.consumer`,
    [subscriptions.map(({ consumer }) => consumer), subscriptions.map(({ definition }) => definition.type)],
  );
  return {
    events: await outbox.figures(),
    jobs: await jobs.figures(),
    consumers: Object.fromEntries(rows.map(({ consumer, seconds }) => [consumer, seconds])),
  };
}
