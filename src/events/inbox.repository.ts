import type { Database } from '../db/database.ts';

// Longer than a settled event is kept, so that what is delivered again is known.
const retention = "interval '8 days'";

/** What each consumer has dealt with. */
export class InboxRepository {
  constructor(private readonly db: Database) {}

  /** Runs `work` with the note that this consumer has dealt with the event, or not at all when it has before. */
  once(consumer: string, eventId: string, work: () => Promise<void>): Promise<void> {
    return this.db.transaction(async () => {
      // Of two at once, the second waits here for the first, and then finds its note.
      const rows = await this.db.query(
        'INSERT INTO inbox (consumer, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
        [consumer, eventId],
      );
      if (rows.length > 0) await work();
    });
  }

  /** Deletes up to `limit` notes of events that cannot be delivered again and returns the number deleted. */
  purge = (limit: number): Promise<number> =>
    this.db.purge(
      'inbox',
      `processed_at < now() - ${retention}
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.event_id = inbox.event_id)`,
      limit,
    );
}
