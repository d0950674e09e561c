import type { Database } from '../db/database.ts';

// How long marks are kept: longer than delivered events, so that a repeated delivery is still recognized.
const retention = "interval '8 days'";

/** Queries on `inbox`: which consumer has processed which event. */
export class InboxRepository {
  constructor(private readonly db: Database) {}

  /**
   * Runs `work` and marks the event as processed in one transaction. Does nothing if the event was processed before.
   */
  once(consumer: string, eventId: string, work: () => Promise<void>): Promise<void> {
    return this.db.transaction(async () => {
      // If two deliveries run concurrently, the second waits here and then finds the mark of the first.
      const rows = await this.db.query(
        'INSERT INTO inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
        [consumer, eventId],
      );
      if (rows.length > 0) await work();
    });
  }

  /** Deletes up to `limit` marks of events that cannot be delivered again and returns the number deleted. */
  purge = (limit: number): Promise<number> =>
    this.db.purge(
      'inbox',
      `processed_at < now() - ${retention}
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.event_id = inbox.event_id)`,
      limit,
    );
}
