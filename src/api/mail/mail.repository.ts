import type { ColumnCipher } from '../../core/ports.ts';
import type { Database } from '../../db/database.ts';
import { nextAttemptAt } from '../../jobs/backoff.ts';
import type { MailContent } from './mail-render.ts';

/** A mail that this process may deliver until its lease ends. */
export interface ClaimedMail {
  readonly id: string;
  /** The encrypted content of the mail. */
  readonly content: string;
  /** The number of attempts, including the current one. */
  readonly attempts: number;
}

// Parses without a check of the shape: only `insert` writes this JSON, and the cipher rejects any other text.
const parseContent: (json: string) => MailContent = JSON.parse;
const associatedDataOf = (id: string): string => `mails.content:${id}`;

// Lasts longer than an attempt may take, so that no other process attempts the same mail concurrently.
const lease = "interval '30 seconds'";
const lifetime = "interval '24 hours'";
const isFree = '(lease_until IS NULL OR lease_until <= now())';
const retryAt = nextAttemptAt({ firstSeconds: 1, jitter: 0.5 });

/** Queries on `mails`. Uses the database's clock, so that all processes agree. */
export class MailRepository {
  constructor(
    private readonly db: Database,
    private readonly cipher: ColumnCipher,
  ) {}

  async insert(id: string, content: MailContent): Promise<void> {
    if (!this.db.isInTransaction)
      throw new Error('A mail needs an open transaction: call Mails.send inside db.transaction.');
    await this.db.query(`INSERT INTO mails (id, content, expires_at) VALUES ($1, $2, now() + ${lifetime})`, [
      id,
      this.cipher.encrypt(JSON.stringify(content), associatedDataOf(id)),
    ]);
  }

  /** Claims up to `limit` due mails without a valid lease, oldest first. */
  async claim(limit: number): Promise<ClaimedMail[]> {
    return this.db.query<ClaimedMail>(
      `WITH claimed AS (
         UPDATE mails SET lease_until = now() + ${lease}, attempts = attempts + 1
         WHERE id = ANY (ARRAY(
           SELECT id FROM mails WHERE available_at <= now() AND expires_at > now() AND ${isFree}
           ORDER BY created_at, id LIMIT $1 FOR UPDATE SKIP LOCKED))
         RETURNING id, content, attempts, created_at)
       SELECT id, content, attempts FROM claimed ORDER BY created_at, id`,
      [limit],
    );
  }

  /** Decrypts the content. Throws if its key is no longer configured. */
  open({ id, content }: ClaimedMail): MailContent {
    return parseContent(this.cipher.decrypt(content, associatedDataOf(id)));
  }

  /** Deletes a mail, regardless of its lease. */
  async remove(id: string): Promise<void> {
    await this.db.query('DELETE FROM mails WHERE id = $1', [id]);
  }

  /** Schedules the next attempt, unless the lease ended and another process claimed the mail. */
  async scheduleRetry({ id, attempts }: ClaimedMail): Promise<void> {
    await this.db.query(
      `UPDATE mails SET lease_until = NULL, available_at = ${retryAt} WHERE id = $1 AND attempts = $2`,
      [id, attempts],
    );
  }

  /** Deletes expired mails and returns what to log about them. */
  async removeExpired(): Promise<{ readonly id: string; readonly attempts: number }[]> {
    return this.db.query(`DELETE FROM mails WHERE expires_at <= now() AND ${isFree} RETURNING id, attempts`);
  }
}
